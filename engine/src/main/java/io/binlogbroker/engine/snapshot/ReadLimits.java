package io.binlogbroker.engine.snapshot;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether more rows may be read now, so that neither the server nor the stream suffers.
 * Guarded by the lock of {@link Snapshots}.
 */
final class ReadLimits {
  private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SnapshotOptions options;
  private final SnapshotClock clock;
  private final LongSupplier lagMillis;
  private long rateAllowsAt;
  private long busyUntil;
  private long busyThreads;
  private @Nullable String reason;

  /**
   * @param lagMillis how far the stream is behind
   */
  ReadLimits(SnapshotOptions options, SnapshotClock clock, LongSupplier lagMillis) {
    this.options = options;
    this.clock = clock;
    this.lagMillis = lagMillis;
    this.rateAllowsAt = clock.nanos();
    this.busyUntil = rateAllowsAt;
  }

  boolean allow() {
    reason = limit();
    return reason == null;
  }

  private @Nullable String limit() {
    long lag = lagMillis.getAsLong();
    if (lag > options.maxLag().toMillis()) {
      return "the stream is " + lag / 1000 + " s behind, more than SnapshotMaxLag";
    }
    long now = clock.nanos();
    if (busyUntil - now > 0) {
      return "Threads_running is " + busyThreads + ", more than SnapshotMaxThreadsRunning";
    }
    return rateAllowsAt - now > 0 ? "SnapshotRate" : null;
  }

  /** Why nothing may be read; null if something may. */
  @Nullable String reason() {
    return reason;
  }

  /** So much was read. */
  void read(long bytes) {
    if (options.bytesPerSecond() != Long.MAX_VALUE) {
      long now = clock.nanos();
      long from = rateAllowsAt - now > 0 ? rateAllowsAt : now;
      double seconds = (double) bytes / options.bytesPerSecond();
      rateAllowsAt = from + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }
  }

  /** The server has more threads running than reading is allowed with. */
  void serverIsBusy(long threads) {
    busyThreads = threads;
    busyUntil = clock.nanos() + BUSY_NANOS;
  }
}
