package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.snapshot.SnapshotTask.Read;
import io.binlogbroker.engine.snapshot.TableSnapshot.OpenRange;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is to be read next, as limits and memory allow. Guarded by the lock of {@link
 * Snapshots}.
 */
final class Readings {
  private final OpenSnapshots tables;
  private final ReadLimits limits;
  private final long mostBytes;
  private final SnapshotClock clock;

  Readings(OpenSnapshots tables, ReadLimits limits, SnapshotOptions options, SnapshotClock clock) {
    this.tables = tables;
    this.limits = limits;
    this.mostBytes = options.heldBytes();
    this.clock = clock;
  }

  /**
   * What is being read from now on; null if nothing can be.
   *
   * @param version of the columns and rules
   */
  @Nullable Read next(int version, Routes routes) {
    Read task = limits.allow() ? find(version, routes) : null;
    if (task == null || !hasRoom(task.table())) {
      return null;
    }
    task.range().beginReading(clock.nanos());
    return task;
  }

  private @Nullable Read find(int version, Routes routes) {
    for (TableSnapshot table : tables.inOrder()) {
      Restart floor = table.floor();
      if (floor == null) {
        continue;
      }
      for (OpenRange range : table.ranges()) {
        if (range.isFree()) {
          return new Read(
              table,
              range,
              !table.isDivided(),
              table.key(),
              range.read(),
              range.upTo(),
              floor,
              table.floorNanos(),
              table.keys().generation(),
              range.attempt(),
              version,
              routes);
        }
      }
    }
    return null;
  }

  /**
   * A chunk that is larger than the memory for all is read when no other is held or read. The first
   * one of a table shows how large they are.
   */
  private boolean hasRoom(TableSnapshot next) {
    if (next.bytesReadAtOnce() == 0) {
      return next.reads() == 0 && tables.heldBytes() < mostBytes;
    }
    long expected = tables.heldBytes();
    for (TableSnapshot table : tables.inOrder()) {
      expected += table.bytesReadAtOnce() * table.reads();
    }
    return expected == 0 || expected + next.bytesReadAtOnce() <= mostBytes;
  }
}
