package io.binlogbroker.broker.config.source;

import io.binlogbroker.broker.config.section.ByteSize;
import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import io.binlogbroker.engine.snapshot.SnapshotOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How existing rows are read.
 *
 * @param snapshotRate maximum size of the messages in a second; null for no limit
 * @param snapshotMaxLag how far the stream may be behind for reading to go on
 * @param snapshotMaxThreadsRunning how busy the server may be for reading to go on; null for no
 *     limit
 */
public record SnapshotConfig(
    int snapshotWorkers,
    Duration snapshotMargin,
    ByteSize snapshotTrackerSize,
    @Nullable ByteSize snapshotRate,
    Duration snapshotMaxLag,
    @Nullable Long snapshotMaxThreadsRunning)
    implements FlatPart {
  private static final int MOST_WORKERS = 64;
  private static final long SMALLEST_TRACKER = 64 << 10;

  public SnapshotConfig {
    Faults faults = new Faults();
    faults.require(
        snapshotWorkers >= 1 && snapshotWorkers <= MOST_WORKERS,
        "SnapshotWorkers",
        "expected a number from 1 to " + MOST_WORKERS + ", got " + snapshotWorkers);
    faults.require(
        snapshotTrackerSize.bytes() >= SMALLEST_TRACKER,
        "SnapshotTrackerSize",
        "expected 64KiB or more, got " + snapshotTrackerSize);
    faults.require(
        snapshotRate == null || snapshotRate.bytes() > 0, "SnapshotRate", "expected more than 0");
    faults.require(
        snapshotMaxLag.compareTo(Duration.ZERO) > 0, "SnapshotMaxLag", "expected more than 0");
    faults.require(
        snapshotMaxThreadsRunning == null || snapshotMaxThreadsRunning >= 2,
        "SnapshotMaxThreadsRunning",
        "expected 2 or more (the connection that asks is one), got " + snapshotMaxThreadsRunning);
    faults.throwIfAny();
  }

  static @Nullable SnapshotConfig from(Section section) {
    int workers = section.integer("SnapshotWorkers", SnapshotOptions.DEFAULT.workers());
    Duration margin = section.duration("SnapshotMargin", SnapshotOptions.DEFAULT.margin());
    ByteSize tracker =
        section.size("SnapshotTrackerSize", new ByteSize(SnapshotOptions.DEFAULT.trackerBytes()));
    ByteSize rate = section.optionalSize("SnapshotRate");
    Duration maxLag = section.duration("SnapshotMaxLag", SnapshotOptions.DEFAULT.maxLag());
    Long maxThreads = section.optionalInteger("SnapshotMaxThreadsRunning");
    return section.make(
        () -> new SnapshotConfig(workers, margin, tracker, rate, maxLag, maxThreads));
  }

  /** The options of the engine. */
  public SnapshotOptions options() {
    return new SnapshotOptions(
        snapshotWorkers,
        SnapshotOptions.DEFAULT.chunkBytes(),
        SnapshotOptions.DEFAULT.heldBytes(),
        snapshotTrackerSize.bytes(),
        snapshotMargin,
        snapshotRate == null ? Long.MAX_VALUE : snapshotRate.bytes(),
        snapshotMaxLag,
        snapshotMaxThreadsRunning == null ? Long.MAX_VALUE : snapshotMaxThreadsRunning);
  }
}
