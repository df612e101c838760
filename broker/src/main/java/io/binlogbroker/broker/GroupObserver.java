package io.binlogbroker.broker;

import io.binlogbroker.engine.relay.GroupContext;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Compares a group's state with the last one, every second on the thread {@code observer}. */
final class GroupObserver implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1_000;

  private final ObservedState state;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> GroupContext.newThread("observer", task));

  GroupObserver(ObservedState state) {
    this.state = state;
  }

  /** Begins. Called by a thread of the group. */
  void start() {
    var unused =
        executor.scheduleAtFixedRate(
            () -> GroupContext.currentFailures().survive(state::compare),
            PERIOD_MILLIS,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
