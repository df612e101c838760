package io.binlogbroker.bench.delay;

import io.binlogbroker.bench.kafka.BenchTopics;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Observes on its own thread when a snapshot begins and ends, by the end offset of its topic. The
 * end is early by as many rows as the topic has commit markers.
 */
final class SnapshotObserver implements AutoCloseable {
  private static final long POLL_MILLIS = 50;
  private static final long STALLED_NANOS = Duration.ofMinutes(2).toNanos();

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<SnapshotTime> time;

  private SnapshotObserver(BenchTopics topic, long rows) {
    time = thread.submit(() -> observe(topic, rows));
  }

  /** Starts observing a topic, which no other thread may use until {@link #close}. */
  static SnapshotObserver start(BenchTopics topic, long rows) {
    return new SnapshotObserver(topic, rows);
  }

  private static SnapshotTime observe(BenchTopics topic, long rows) throws Exception {
    await(topic, 1);
    long from = SentTime.now();
    await(topic, rows);
    return new SnapshotTime(from, SentTime.now());
  }

  private static void await(BenchTopics topic, long offset) throws Exception {
    long visible = topic.visible();
    long lastChange = System.nanoTime();
    while (visible < offset) {
      Thread.sleep(POLL_MILLIS);
      long before = visible;
      visible = topic.visible();
      if (visible > before) {
        lastChange = System.nanoTime();
      }
      requireProgress(System.nanoTime() - lastChange, visible);
    }
  }

  private static void requireProgress(long idleNanos, long visible) {
    if (idleNanos > STALLED_NANOS) {
      throw new IllegalStateException(
          "Expected all rows of the snapshot, but none arrived for two minutes after offset "
              + visible);
    }
  }

  boolean isOver() {
    return time.isDone();
  }

  /** Waits for the end; throws if the snapshot does not reach it. */
  SnapshotTime time() throws Exception {
    return time.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
