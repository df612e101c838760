package io.binlogbroker.bench;

import io.binlogbroker.bench.Progress.Observation;
import io.binlogbroker.bench.subject.GcLog;
import io.binlogbroker.bench.subject.ProcessFiles;
import io.binlogbroker.bench.subject.SubjectProcess;
import java.io.IOException;
import java.util.List;

/**
 * The result of one run. Rates are between the first and the last observed growth of the topics,
 * for the rows in between.
 *
 * @param rowsPerSecondSinceStart of all rows, from the start of the process
 * @param allocatedBytes per row, between the first and the last collection; NaN with fewer than two
 */
public record Measurement(
    double rowsPerSecond,
    double rowsPerSecondSinceStart,
    double cpuMicros,
    double peakResidentMib,
    double secondsToFirst,
    double allocatedBytes,
    double collections,
    double collectionMillis) {
  static Measurement of(long rows, Progress progress, SubjectProcess process) throws IOException {
    Observation first = progress.first();
    Observation last = progress.last();
    // The share of offsets that are rows.
    double rowsPerOffset = (double) rows / last.offset();
    double between = (last.offset() - first.offset()) * rowsPerOffset;
    double cpuSeconds =
        (double) (last.cpuTicks() - first.cpuTicks()) / ProcessFiles.TICKS_PER_SECOND;
    GcLog gc = process.gcLog().between(first.nanos(), last.nanos());
    return new Measurement(
        between / progress.seconds(),
        rows / progress.secondsToLast(),
        cpuSeconds * 1e6 / between,
        process.peakResidentMib(),
        progress.secondsToFirst(),
        allocatedBytes(gc, progress) / rowsPerOffset,
        gc.pauses().size(),
        gc.millis());
  }

  /** Allocated bytes per offset. */
  private static double allocatedBytes(GcLog gc, Progress progress) {
    List<GcLog.Pause> pauses = gc.pauses();
    if (pauses.size() < 2) {
      return Double.NaN;
    }
    long from = progress.offsetAt(pauses.get(0).nanos());
    long to = progress.offsetAt(pauses.get(pauses.size() - 1).nanos());
    return (double) (gc.allocatedMib() << 20) / (to - from);
  }
}
