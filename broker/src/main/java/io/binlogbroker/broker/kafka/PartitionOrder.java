package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.relay.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Utils;

/**
 * Hands messages on as they come while they go to few partitions, and partition by partition once a
 * transaction goes to many: the producer has room for some hundred open batches, so in the source's
 * order a thousand partitions would get batches of a row or two, and each batch costs more than its
 * rows. Within a partition the order stays. A {@link SendWindow} opens before each message. The
 * sink's thread.
 */
final class PartitionOrder {
  /** With an open batch in each, there is as much room again in a {@link SendWindow}. */
  static final int FEW_PARTITIONS = 48;

  /** Of messages held back, with what Java adds to each. */
  static final long MOST_BYTES = 8 << 20;

  private static final int AROUND_MESSAGE = 100;
  private static final int NONE = -1;

  private final SendWindow window;
  private final Consumer<Message> next;
  private final Map<String, Integer> firstLanes = new HashMap<>();
  private final List<Placed> held = new ArrayList<>();
  private int lanes;
  private long bytes;

  /**
   * A message and its partition's number among those of all topics of the transaction.
   *
   * @param lane counts from 0
   */
  private record Placed(int lane, Message message) {}

  PartitionOrder(SendWindow window, Consumer<Message> next) {
    this.window = window;
    this.next = next;
  }

  void add(KafkaTopic topic, Message message) {
    int first = firstLane(topic);
    if (!isHolding()) {
      handOn(message);
      return;
    }
    held.add(new Placed(first + partition(topic, message.key()), message));
    bytes += AROUND_MESSAGE + message.bytes();
    if (bytes >= MOST_BYTES) {
      release();
    }
  }

  /** Whether what goes on now may be an earlier message than the one at hand. */
  boolean isHolding() {
    return lanes > FEW_PARTITIONS;
  }

  /** Hands on what is held back. */
  void release() {
    held.sort(Comparator.comparingInt(Placed::lane));
    int lane = NONE;
    for (Placed placed : held) {
      if (placed.lane != lane) {
        lane = placed.lane;
        window.next();
      }
      handOn(placed.message);
    }
    held.clear();
    bytes = 0;
  }

  private void handOn(Message message) {
    window.add(AROUND_MESSAGE + message.bytes());
    next.accept(message);
  }

  /** Hands on what is held back; the transaction ends with a commit. */
  void end() {
    release();
    window.end();
    firstLanes.clear();
    lanes = 0;
  }

  private int firstLane(KafkaTopic topic) {
    Integer known = firstLanes.get(topic.name());
    if (known != null) {
      return known;
    }
    int first = lanes;
    firstLanes.put(topic.name(), first);
    lanes += topic.partitions();
    if (!isHolding()) {
      window.mix(topic.partitions());
    }
    return first;
  }

  /**
   * As Kafka's own partitioner has it. Should the topic have grown since, all messages of a key are
   * still in one lane.
   */
  private static int partition(KafkaTopic topic, byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % topic.partitions();
  }
}
