package io.binlogbroker.bench;

import io.binlogbroker.bench.Progress.Sight;
import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.MessageShape;
import io.binlogbroker.bench.subject.Subject;
import io.binlogbroker.bench.subject.SubjectProcess;
import java.time.Duration;

/**
 * One run: a subject fills empty topics from a load, and is watched from outside. One thread.
 *
 * <p>The run has ended when the topics' committed ends have not moved for some seconds; what counts
 * is when they were last seen to move. Offsets alone cannot tell the last row, since they count
 * markers of commits, and a consumer that counts rows would take the cores that are measured. It
 * counts afterwards, when the process is gone: a run that lost or repeated a row is no result.
 */
public final class Drain {
  private static final long POLL_MILLIS = 10;
  private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONG_QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long STALLED_NANOS = Duration.ofMinutes(2).toNanos();

  private final WrittenLoad load;
  private final BenchTopics topics;

  public Drain(WrittenLoad load, BenchTopics topics) {
    this.load = load;
    this.topics = topics;
  }

  public Measurement measure(Subject subject) throws Exception {
    Measurement measurement;
    long start = System.nanoTime();
    try (SubjectProcess process = subject.start(load, topics.name())) {
      Progress progress = watch(process, subject.shape(), start);
      measurement = Measurement.of(load.changes(), progress, process);
    }
    requireAll(subject);
    return measurement;
  }

  Progress watch(SubjectProcess process, MessageShape shape, long start) throws Exception {
    Progress progress = new Progress(start);
    while (!isOver(progress, shape)) {
      process.requireAlive();
      long offset = topics.visible();
      if (offset > progress.offset()) {
        progress.add(new Sight(System.nanoTime(), offset, process.cpuTicks()));
      }
      if (System.nanoTime() - progress.lastChangeNanos() > STALLED_NANOS) {
        throw process.failed("nothing came behind offset " + offset + " for two minutes");
      }
      // Asking for a thousand ends takes Kafka's time too.
      Thread.sleep(POLL_MILLIS + topics.partitions() / 10);
    }
    return progress;
  }

  /** How many messages tell of rows that were grouped is not known beforehand. */
  private boolean isOver(Progress progress, MessageShape shape) {
    long quiet = System.nanoTime() - progress.lastChangeNanos();
    return switch (shape) {
      case ROW -> progress.offset() >= load.changes() && quiet > QUIET_NANOS;
      case ROWS_EVENT -> progress.offset() > 0 && quiet > LONG_QUIET_NANOS;
    };
  }

  private void requireAll(Subject subject) throws Exception {
    long changes = topics.changes(subject.shape());
    if (changes != load.changes()) {
      throw new IllegalStateException(
          "Expected "
              + load.changes()
              + " changes from "
              + subject.name()
              + " but counted "
              + changes
              + " in topic "
              + topics.name());
    }
  }
}
