package io.binlogbroker.bench.scale;

import io.binlogbroker.bench.Drain;
import io.binlogbroker.bench.Measurement;
import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.BrokerSubject;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the load of each step and measures its delivery by a newly started broker, once. One
 * thread.
 */
final class ScaleBench {
  private static final int WARM_UP_RUNS = 2;

  private final Servers servers;
  private final Sizes sizes;
  private int runs;

  ScaleBench(Servers servers, double factor) {
    this.servers = servers;
    this.sizes = new Sizes(new PlainTables(servers.mysql()), factor);
  }

  /** Servers are slow in their first minute, which is not measured. */
  void warmUp() throws Exception {
    Step step = Step.of("", SpreadLoad.inTurn(sizes.plain(), 1, sizes.of(40_000), 10));
    for (int run = 0; run < WARM_UP_RUNS; run++) {
      run(step);
    }
  }

  AxisResult run(Axis axis) throws Exception {
    List<StepResult> results = new ArrayList<>();
    for (Step step : axis.steps(sizes)) {
      StepResult result = run(step);
      System.err.println(axis + ": " + result.line());
      results.add(result);
    }
    return new AxisResult(axis, results);
  }

  private StepResult run(Step step) throws Exception {
    String file = nextBinlogFile();
    WrittenLoad written = WrittenLoad.write(step.load(), servers.mysql());
    long bytes = binlogBytesSince(file);
    long delivered = Math.round(written.changes() * step.delivered());
    WrittenLoad expected = new WrittenLoad(written.schema(), written.start(), delivered);
    return new StepResult(step.label(), written.changes(), delivered, bytes, drain(step, expected));
  }

  private Measurement drain(Step step, WrittenLoad load) throws Exception {
    BrokerSubject broker =
        new BrokerSubject(servers, Delivery.EXACTLY_ONCE, Format.JSON, step.capture());
    try (BenchTopics topics = topics(step)) {
      return new Drain(load, topics).measure(broker);
    }
  }

  private BenchTopics topics(Step step) throws Exception {
    runs++;
    String name = "scale-" + runs;
    return step.created()
        ? BenchTopics.create(servers.kafka(), name, step.suffixes(), step.capture().partitions())
        : BenchTopics.createdByBroker(servers.kafka(), name, step.suffixes());
  }

  /** Starts a new file for each load and purges the previous ones. */
  private String nextBinlogFile() {
    MysqlServer mysql = servers.mysql();
    mysql.execute("FLUSH BINARY LOGS");
    String file = Objects.requireNonNull(mysql.query("SHOW MASTER STATUS").get(0).get("File"));
    mysql.execute("PURGE BINARY LOGS TO '" + file + "'");
    return file;
  }

  private long binlogBytesSince(String file) {
    long bytes = 0;
    for (Map<String, @Nullable String> log : servers.mysql().query("SHOW BINARY LOGS")) {
      if (Objects.requireNonNull(log.get("Log_name")).compareTo(file) >= 0) {
        bytes += Long.parseLong(Objects.requireNonNull(log.get("File_size")));
      }
    }
    return bytes;
  }
}
