package io.binlogbroker.broker.config.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps work until the test lets it run. */
final class QueuedWork implements Later {
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private Duration lastPause = Duration.ZERO;

  @Override
  public void run(Duration after, Runnable work) {
    lastPause = after;
    queue.add(work);
  }

  /** Runs what is there, but not what that adds. */
  void runOnce() {
    for (int left = queue.size(); left > 0; left--) {
      queue.remove().run();
    }
  }

  Duration lastPause() {
    return lastPause;
  }

  int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    queue.clear();
  }
}
