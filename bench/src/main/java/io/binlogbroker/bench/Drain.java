package io.binlogbroker.bench;

import io.binlogbroker.bench.Progress.Observation;
import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.MessageShape;
import io.binlogbroker.bench.subject.Subject;
import io.binlogbroker.bench.subject.SubjectProcess;
import java.time.Duration;

/**
 * One run: a subject fills empty topics from a load and is observed from another process. One
 * thread.
 *
 * <p>A run ends when the topics' committed end offsets have not changed for some seconds; the time
 * of the last change counts. Offsets alone do not identify the last row, because they include
 * commit markers, and a consumer during the run would use the measured cores. Rows are counted
 * after the process has ended: a run that lost or duplicated a row is an error.
 */
public final class Drain {
  private static final long POLL_MILLIS = 10;
  private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONG_IDLE_NANOS = Duration.ofSeconds(5).toNanos();
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
      Progress progress = observe(process, subject.shape(), start);
      measurement = Measurement.of(load.changes(), progress, process);
    }
    requireAll(subject);
    return measurement;
  }

  Progress observe(SubjectProcess process, MessageShape shape, long start) throws Exception {
    Progress progress = new Progress(start);
    while (!isOver(progress, shape)) {
      process.requireAlive();
      long offset = topics.visible();
      if (offset > progress.offset()) {
        progress.add(new Observation(System.nanoTime(), offset, process.cpuTicks()));
      }
      if (System.nanoTime() - progress.lastChangeNanos() > STALLED_NANOS) {
        throw process.failed("no message arrived after offset " + offset + " for two minutes");
      }
      // Querying a thousand end offsets takes Kafka's CPU, too.
      Thread.sleep(POLL_MILLIS + topics.partitions() / 10);
    }
    return progress;
  }

  /** The number of messages is not known in advance if they contain several rows. */
  private boolean isOver(Progress progress, MessageShape shape) {
    long idle = System.nanoTime() - progress.lastChangeNanos();
    return switch (shape) {
      case ROW -> progress.offset() >= load.changes() && idle > IDLE_NANOS;
      case ROWS_EVENT -> progress.offset() > 0 && idle > LONG_IDLE_NANOS;
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
