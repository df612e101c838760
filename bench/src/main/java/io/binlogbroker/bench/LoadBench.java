package io.binlogbroker.bench;

import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.Load;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.ProducerSubject;
import io.binlogbroker.bench.subject.Recording;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.bench.subject.Subject;
import io.binlogbroker.engine.format.registry.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a load and measures the selected subjects with it in several rounds, on the same servers
 * and the same binary log or table. One thread.
 */
final class LoadBench {
  private final Servers servers;
  private final SubjectChoice choice;
  private int warmUpsLeft;
  private int topics;

  /**
   * @param warmUps runs of a bare producer before the first measurement: a newly started Kafka
   *     needs several times the CPU per message, which would affect the first subject
   */
  LoadBench(Servers servers, SubjectChoice choice, int warmUps) {
    this.servers = servers;
    this.choice = choice;
    this.warmUpsLeft = warmUps;
  }

  /** Writes a load and waits until the server is idle again. */
  WrittenLoad write(Load load) throws Exception {
    WrittenLoad written = WrittenLoad.write(load, servers.mysql());
    IdleWait.await(servers.mysql().pid());
    return written;
  }

  /** Returns one result per format. */
  List<LoadResult> run(WrittenLoad written, int rounds) throws Exception {
    List<LoadResult> results = new ArrayList<>();
    for (Format format : choice.formats()) {
      results.add(run(written, format, rounds));
    }
    return results;
  }

  private LoadResult run(WrittenLoad load, Format format, int rounds) throws Exception {
    Recording recording = record(load, format);
    warmUp(load, recording);
    List<Subject> subjects = choice.subjects(servers, format, recording);
    LoadResult result = new LoadResult(load.schema(), format.label(), load.changes(), List.of());
    for (int round = 1; round <= rounds; round++) {
      Map<String, Measurement> measured = round(load, subjects);
      result = result.with(measured);
      System.err.printf("%s: round %d of %d%n%s", result.title(), round, rounds, speeds(measured));
    }
    Files.delete(recording.messages());
    return result;
  }

  private Recording record(WrittenLoad load, Format format) throws Exception {
    Path messages = servers.folder().resolve(load.schema() + ".messages");
    try (BenchTopics topic = nextTopic(load)) {
      return new RecordingRun(load, topic).record(choice.recorded(servers, format), messages);
    }
  }

  private void warmUp(WrittenLoad load, Recording recording) throws Exception {
    List<Subject> producer = List.of(new ProducerSubject(servers, recording, false));
    while (warmUpsLeft > 0) {
      System.err.print("warm-up of Kafka\n" + speeds(round(load, producer)));
      warmUpsLeft--;
    }
  }

  private Map<String, Measurement> round(WrittenLoad load, List<Subject> subjects)
      throws Exception {
    Map<String, Measurement> round = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      try (BenchTopics topic = nextTopic(load)) {
        round.put(subject.name(), new Drain(load, topic).measure(subject));
      }
    }
    return round;
  }

  private BenchTopics nextTopic(WrittenLoad load) throws Exception {
    topics++;
    return BenchTopics.create(servers.kafka(), load.schema() + "-" + topics);
  }

  private static String speeds(Map<String, Measurement> round) {
    StringBuilder text = new StringBuilder();
    round.forEach(
        (subject, run) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %s: %,.0f rows/s, %.2f µs%n",
                    subject,
                    run.rowsPerSecond(),
                    run.cpuMicros())));
    return text.toString();
  }
}
