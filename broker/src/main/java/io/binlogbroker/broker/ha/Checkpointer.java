package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the committed position to the store every few seconds, on the checkpoint thread, and once
 * more when it is closed. A failed copy is retried: the authoritative position is that of the sink.
 * A position of another epoch, which the operator has replaced, is never copied; a position that
 * the operator has set or deleted in the store is not overwritten.
 */
final class Checkpointer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);
  static final Duration PERIOD = Duration.ofSeconds(3);

  private final Supplier<@Nullable Position> committed;
  private final String epoch;
  private final PositionStore store;
  private final Duration period;
  private final StopSignal ended = new StopSignal();
  private final Thread thread = GroupContext.newThread("checkpoint", this::run);
  private @Nullable Position saved;
  private boolean overruled;
  private long failures;

  Checkpointer(Supplier<@Nullable Position> committed, String epoch, PositionStore store) {
    this(committed, epoch, store, PERIOD);
  }

  Checkpointer(
      Supplier<@Nullable Position> committed, String epoch, PositionStore store, Duration period) {
    this.committed = committed;
    this.epoch = epoch;
    this.store = store;
    this.period = period;
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!ended.await(period)) {
      GroupContext.currentFailures().survive(this::save);
    }
  }

  private void save() {
    Position position = committed.get();
    if (overruled || position == null || !position.epoch().equals(epoch)) {
      return;
    }
    if (!position.equals(saved)) {
      copy(position);
    }
  }

  private void copy(Position position) {
    try {
      overruled = !store.save(position);
      saved = position;
      if (failures > 0) {
        failures = 0;
        log.info("The position is copied to the store again: {}", position);
      }
      if (overruled) {
        log.warn(
            "The stored position was set or removed by someone else: this takes effect at the next"
                + " start, and until then no copy is stored. The committed position is {}",
            position);
      }
    } catch (DeliveryException e) {
      failed(e);
    }
  }

  /**
   * Logs a failure with doubling pauses between warnings: a disk that is full usually stays full
   * for a long time.
   */
  private void failed(DeliveryException e) {
    failures++;
    if (Long.bitCount(failures) == 1) {
      log.warn(
          "The position could not be copied to the store (failures so far: {}, retried every {} s):"
              + " {}",
          failures,
          period.toSeconds(),
          e.getMessage());
    }
  }

  /** If interrupted, it skips the last copy, because the checkpoint thread may be writing one. */
  @Override
  public void close() {
    ended.raise();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    save();
  }
}
