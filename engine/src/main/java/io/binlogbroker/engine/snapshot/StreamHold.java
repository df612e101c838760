package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.relay.SnapshotRows;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stream where it is, between two transactions, while a table without a key is read at
 * this very place: only there are its rows neither in the stream twice nor missing. The reading may
 * take a few seconds at most. Guarded by the lock of {@link Snapshots}.
 */
final class StreamHold {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SnapshotClock clock;
  private @Nullable TableSnapshot table;
  private @Nullable Restart place;
  private @Nullable SnapshotRows rows;
  private long since;

  StreamHold(SnapshotClock clock) {
    this.clock = clock;
  }

  /** Holds the stream for a table, unless it is held already. */
  boolean begin(TableSnapshot forTable) {
    if (isHeld()) {
      return false;
    }
    table = forTable;
    place = null;
    rows = null;
    since = clock.nanos();
    return true;
  }

  /** Whether the stream must stay where it is: once rows were read, until they are delivered. */
  boolean isHeld() {
    if (table != null && rows == null && clock.nanos() - since > LONGEST_NANOS) {
      end();
    }
    return table != null;
  }

  boolean isFor(TableSnapshot other) {
    return isHeld() && table == other;
  }

  /** The stream is between two transactions. */
  void reached(Restart position) {
    if (table != null && place == null) {
      place = position;
    }
  }

  /** Where the stream is held; null before it is. */
  @Nullable Restart place() {
    return place;
  }

  /** The stream goes on once these rows are delivered. */
  void endWith(SnapshotRows last) {
    rows = last;
  }

  /** Rows are delivered. */
  void delivered(@Nullable SnapshotRows given) {
    if (given != null && given == rows) {
      end();
    }
  }

  /** The stream goes on, unless rows are to be delivered first. */
  void release() {
    if (rows == null) {
      end();
    }
  }

  private void end() {
    table = null;
    place = null;
    rows = null;
  }
}
