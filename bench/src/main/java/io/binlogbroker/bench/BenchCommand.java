package io.binlogbroker.bench;

import io.binlogbroker.bench.delay.DelayBench;
import io.binlogbroker.bench.delay.DelayResult;
import io.binlogbroker.bench.load.Load;
import io.binlogbroker.bench.load.OltpLoad;
import io.binlogbroker.bench.load.WideLoad;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.process.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run}: starts the servers, runs the selected measurements and prints the tables. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Measures the broker against a bare Kafka producer and against Debezium, on the same"
            + " servers and the same binary log.")
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--runs", description = "Rounds; each subject runs once per round.")
  private int runs = 5;

  @Option(
      names = "--warm-up",
      description = "Runs of the bare producer before the measurement, to warm up Kafka.")
  private int warmUps = 10;

  @Option(
      names = "--transactions",
      description = "Transactions of the load oltp, with four row changes each.")
  private int transactions = 200_000;

  @Option(names = "--wide-rows", description = "Row changes of the load wide.")
  private int wideRows = 700_000;

  @Option(names = "--loads", split = ",", description = "Any of ${COMPLETION-CANDIDATES}.")
  private List<LoadName> loads = List.of(LoadName.values());

  @Option(names = "--subjects", split = ",", description = "Any of ${COMPLETION-CANDIDATES}.")
  private List<SubjectName> subjects =
      List.of(
          SubjectName.BROKER_EXACTLY_ONCE, SubjectName.BROKER_AT_LEAST_ONCE, SubjectName.PRODUCER);

  @Option(names = "--rivals", description = "Adds debezium; the first use downloads 780 MB.")
  private boolean rivals;

  @Option(
      names = "--rival-java",
      description = "Java home for debezium, which requires Java 21 or later.")
  private Path rivalJava = Path.of(System.getProperty("java.home"));

  @Option(
      names = "--formats",
      split = ",",
      converter = FormatLabel.class,
      description =
          "Any of json, msgpack, canal-json, maxwell-json, debezium-json; one table each.")
  private List<Format> formats = List.of(Format.JSON);

  @Option(
      names = "--delay",
      split = ",",
      description = "Also measures the latency, at these rates in transactions per second.")
  private List<Integer> rates = List.of();

  @Option(names = "--delay-seconds", description = "Duration at each rate, after a warm-up.")
  private int delaySeconds = 20;

  @Option(names = "--delay-only", description = "Measures only the latency, not the loads.")
  private boolean delayOnly;

  @Option(names = "--out", description = "Folder for results.md and results.svg.")
  private @Nullable Path out;

  private BenchCommand() {}

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("bench-");
    try (MysqlServer mysql = MysqlServer.mysql8033().with("max_binlog_size", "1G").start();
        KafkaServer kafka =
            new KafkaServer().withJavaOptions("-Xmx1g", "-XX:TieredStopAtLevel=4").start()) {
      mysql.createReplicationUser(Servers.USER, Servers.PASSWORD);
      Report report = measure(new Servers(mysql, kafka.bootstrapServers(), folder));
      System.out.print(report.markdown());
      if (out != null) {
        report.write(out);
      }
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private Report measure(Servers servers) throws Exception {
    return new Report(drains(servers), delays(servers));
  }

  private List<LoadResult> drains(Servers servers) throws Exception {
    List<LoadResult> results = new ArrayList<>();
    if (!delayOnly) {
      LoadBench bench = new LoadBench(servers, choice(), warmUps);
      for (LoadName name : loads) {
        results.addAll(bench.run(load(name), runs));
      }
    }
    return results;
  }

  private List<DelayResult> delays(Servers servers) throws Exception {
    List<DelayResult> results = new ArrayList<>();
    if (!rates.isEmpty()) {
      DelayBench bench = DelayBench.prepare(servers, formats.get(0), delaySeconds);
      for (int rate : rates) {
        results.add(bench.run(rate));
      }
    }
    return results;
  }

  private SubjectChoice choice() {
    List<SubjectName> names = new ArrayList<>(subjects);
    if (rivals && !names.contains(SubjectName.DEBEZIUM)) {
      names.add(SubjectName.DEBEZIUM);
    }
    return new SubjectChoice(names, formats, rivalJava);
  }

  private Load load(LoadName name) {
    return switch (name) {
      case OLTP -> new OltpLoad(transactions);
      case WIDE -> new WideLoad(wideRows);
    };
  }
}
