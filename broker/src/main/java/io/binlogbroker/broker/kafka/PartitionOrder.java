package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.kafka.flow.SendWindow;
import io.binlogbroker.engine.relay.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Utils;

/**
 * Passes messages on at once while a transaction has few partitions, and partition by partition
 * once it has many: the producer has room for about a hundred open batches, so in the source's
 * order a thousand partitions would get batches of a row or two, and each batch costs more than its
 * rows. The order within a partition is kept. A {@link SendWindow} makes room before each message.
 * Belongs to the sink's thread.
 */
final class PartitionOrder {
  /** With an open batch in each, half of a {@link SendWindow} remains. */
  static final int FEW_PARTITIONS = 48;

  /** Size of the held messages, with Java's overhead. */
  static final long MOST_BYTES = 8 << 20;

  private static final int AROUND_MESSAGE = 100;
  private static final int NONE = -1;

  private final SendWindow window;
  private final Consumer<Message> next;
  private final Map<String, Integer> firstLanes = new HashMap<>();
  private final List<Placed> held = new ArrayList<>();
  private int slots;
  private long bytes;

  /**
   * A message and its partition's number among those of all topics of the transaction.
   *
   * @param slot counts from 0
   */
  private record Placed(int slot, Message message) {}

  PartitionOrder(SendWindow window, Consumer<Message> next) {
    this.window = window;
    this.next = next;
  }

  void add(KafkaTopic topic, Message message) {
    int first = firstSlot(topic);
    if (!isHolding()) {
      forward(message);
      return;
    }
    held.add(new Placed(first + partition(topic, message.key()), message));
    bytes += AROUND_MESSAGE + message.bytes();
    if (bytes >= MOST_BYTES) {
      release();
    }
  }

  /** Whether a failure may belong to an earlier message than the current one. */
  boolean isHolding() {
    return slots > FEW_PARTITIONS;
  }

  /** Passes on the held messages. */
  void release() {
    held.sort(Comparator.comparingInt(Placed::slot));
    int slot = NONE;
    for (Placed placed : held) {
      if (placed.slot != slot) {
        slot = placed.slot;
        window.next();
      }
      forward(placed.message);
    }
    held.clear();
    bytes = 0;
  }

  private void forward(Message message) {
    window.add(AROUND_MESSAGE + message.bytes());
    next.accept(message);
  }

  /** Passes on the held messages; the transaction ends with a commit. */
  void end() {
    release();
    window.end();
    firstLanes.clear();
    slots = 0;
  }

  private int firstSlot(KafkaTopic topic) {
    Integer known = firstLanes.get(topic.name());
    if (known != null) {
      return known;
    }
    int first = slots;
    firstLanes.put(topic.name(), first);
    slots += topic.partitions();
    if (!isHolding()) {
      window.addMixed(topic.partitions());
    }
    return first;
  }

  /**
   * As Kafka's own partitioner computes it. If the topic has grown since, all messages of a key are
   * still in one slot.
   */
  private static int partition(KafkaTopic topic, byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % topic.partitions();
  }
}
