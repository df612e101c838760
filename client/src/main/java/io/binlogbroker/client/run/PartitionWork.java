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
 * What is under way of one partition between its assignment and its loss. Belongs to the polling
 * thread, but for {@link #isRevoked} and what is one worker's own.
 */
final class PartitionWork {
  private static final int REMEMBERED_CHANGES = 20_000;
  private static final int MOST_TASKS = 50_000;
  private static final long MOST_BYTES = 16 << 20;

  private final TopicPartition partition;
  private final List<Map<String, SeenChanges>> seenByWorker;
  private final ArrayDeque<Task> unfinished = new ArrayDeque<>();
  private volatile boolean revoked;
  private int underWay;
  private long bytesUnderWay;
  private long finished = -1;
  private long committed = -1;
  private @Nullable LostMessagesException lost;

  PartitionWork(TopicPartition partition, int workers) {
    this.partition = partition;
    this.seenByWorker =
        IntStream.range(0, workers)
            .<Map<String, SeenChanges>>mapToObj(worker -> new HashMap<>())
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

  /** A worker has let go of a task, having handled it or not. */
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

  /** Everything before this offset is handled, or not wanted. */
  void beginAt(long offset) {
    finished = offset;
  }

  /** Nothing more is polled of it: what follows is missing. */
  void end(LostMessagesException lost) {
    this.lost = lost;
  }

  /** What is missing behind all that was polled; null if nothing is. */
  @Nullable LostMessagesException lost() {
    return lost;
  }

  /** Whether all that was polled is handled, and Kafka's position may stand for it. */
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
    return lost != null || underWay >= MOST_TASKS || bytesUnderWay >= MOST_BYTES;
  }

  boolean hasRoom() {
    return lost == null && underWay < MOST_TASKS / 2 && bytesUnderWay < MOST_BYTES / 2;
  }

  boolean hasUncommitted() {
    return finished >= 0 && finished != committed;
  }

  /** Everything before this offset is handled. */
  long finished() {
    return finished;
  }

  void committed(long offset) {
    committed = offset;
  }

  /** From now on workers let go of its tasks without handling them. */
  void revoke() {
    revoked = true;
  }

  boolean isRevoked() {
    return revoked;
  }

  /** Only for the thread of that worker. */
  SeenChanges seen(int worker, String group) {
    return seenByWorker
        .get(worker)
        .computeIfAbsent(group, name -> new SeenChanges(REMEMBERED_CHANGES));
  }
}
