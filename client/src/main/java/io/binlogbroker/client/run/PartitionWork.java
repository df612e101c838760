package io.binlogbroker.client.run;

import io.binlogbroker.client.LostMessagesException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one partition while it is assigned. Belongs to the polling thread, except for {@link
 * #isRevoked} and {@link #seen}.
 */
final class PartitionWork {
  private static final int REMEMBERED_CHANGES = 20_000;
  private static final int MAX_TASKS = 50_000;
  private static final long MAX_BYTES = 16 << 20;

  private final TopicPartition partition;
  private final List<Map<String, SeenChanges>> seenByThread;
  private final ArrayDeque<Task> unfinished = new ArrayDeque<>();
  private volatile boolean revoked;
  private int underWay;
  private long bytesUnderWay;
  private long finished = -1;
  private long committed = -1;
  private @Nullable LostMessagesException lost;

  PartitionWork(TopicPartition partition, int threads) {
    this.partition = partition;
    this.seenByThread =
        IntStream.range(0, threads)
            .<Map<String, SeenChanges>>mapToObj(thread -> new HashMap<>())
            .toList();
  }

  TopicPartition partition() {
    return partition;
  }

  Task add(ConsumerRecord<byte[], byte[]> record) {
    Task task = new Task(record, this);
    unfinished.add(task);
    underWay++;
    bytesUnderWay += task.size();
    return task;
  }

  /** A handler thread is done with a task, whether it handled it or not. */
  void release(Task task, boolean isHandled) {
    underWay--;
    bytesUnderWay -= task.size();
    if (!isHandled) {
      return;
    }
    task.markHandled();
    Task first = unfinished.peek();
    while (first != null && first.isHandled()) {
      finished = first.record().offset() + 1;
      unfinished.remove();
      first = unfinished.peek();
    }
  }

  /** Everything before this offset is handled, or is not to be handled. */
  void advanceTo(long offset) {
    finished = offset;
  }

  /** Nothing more is polled from the partition, because the next messages are missing. */
  void setLost(LostMessagesException lost) {
    this.lost = lost;
  }

  /** What is missing after the polled messages; null if nothing is. */
  @Nullable LostMessagesException lost() {
    return lost;
  }

  /**
   * Whether everything that was polled is handled, so that the consumer's position may be
   * committed.
   */
  boolean isAllHandled() {
    return unfinished.isEmpty() && lost == null;
  }

  boolean isIdle() {
    return underWay == 0;
  }

  int underWay() {
    return underWay;
  }

  boolean isFull() {
    return lost != null || underWay >= MAX_TASKS || bytesUnderWay >= MAX_BYTES;
  }

  boolean hasRoom() {
    return lost == null && underWay < MAX_TASKS / 2 && bytesUnderWay < MAX_BYTES / 2;
  }

  boolean hasUncommitted() {
    return finished >= 0 && finished != committed;
  }

  /** The offset before which everything is handled. */
  long finished() {
    return finished;
  }

  void committed(long offset) {
    committed = offset;
  }

  /** From now on, handler threads drop tasks of this partition. */
  void revoke() {
    revoked = true;
  }

  boolean isRevoked() {
    return revoked;
  }

  /** Belongs to the handler thread with this number. */
  SeenChanges seen(int thread, String group) {
    return seenByThread
        .get(thread)
        .computeIfAbsent(group, name -> new SeenChanges(REMEMBERED_CHANGES));
  }
}
