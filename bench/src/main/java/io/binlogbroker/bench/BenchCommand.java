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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run}: starts the servers, runs the selected measurements and prints the tables. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Measures the broker against a bare Kafka producer and against Debezium, on the same"
            + " servers and the same binary log or tables.")
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

  @Option(
      names = "--rivals",
      description =
          "Adds debezium, and with --snapshot debezium-incremental; the first use downloads 780 MB.")
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

  @Mixin private DelayArguments delay = new DelayArguments();

  @Mixin private SnapshotArguments snapshot = new SnapshotArguments();

  @Option(names = "--out", description = "Folder for results.md and results.svg.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  private BenchCommand() {}

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    SubjectChoice choice = choice();
    Path folder = Files.createTempDirectory("bench-");
    try (MysqlServer mysql = mysql().start();
        KafkaServer kafka =
            new KafkaServer().withJavaOptions("-Xmx1g", "-XX:TieredStopAtLevel=4").start()) {
      mysql.createReplicationUser(Servers.USER, Servers.PASSWORD);
      Report report = measure(new Servers(mysql, kafka.bootstrapServers(), folder), choice);
      System.out.print(report.markdown());
      if (out != null) {
        report.write(out);
      }
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private MysqlServer mysql() {
    MysqlServer mysql = MysqlServer.mysql8033().with("max_binlog_size", "1G");
    return switch (snapshot.measured()) {
      case CHANGES -> mysql;
      // Without GTIDs a snapshot waits until earlier transactions are certainly visible.
      case EXISTING_ROWS -> mysql.with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
    };
  }

  private Report measure(Servers servers, SubjectChoice choice) throws Exception {
    LoadBench bench = new LoadBench(servers, choice, warmUps);
    return switch (snapshot.measured()) {
      case CHANGES -> Report.ofChanges(drains(bench), delays(servers));
      case EXISTING_ROWS -> snapshots(servers, bench);
    };
  }

  private List<LoadResult> drains(LoadBench bench) throws Exception {
    List<LoadResult> results = new ArrayList<>();
    if (!delay.only()) {
      for (LoadName name : loads) {
        results.addAll(bench.run(bench.write(load(name)), runs));
      }
    }
    return results;
  }

  private List<DelayResult> delays(Servers servers) throws Exception {
    List<DelayResult> results = new ArrayList<>();
    if (!delay.rates().isEmpty()) {
      DelayBench bench = DelayBench.prepare(servers, formats.get(0), delay.seconds());
      for (int rate : delay.rates()) {
        results.add(bench.run(rate));
      }
    }
    return results;
  }

  private Report snapshots(Servers servers, LoadBench bench) throws Exception {
    SnapshotBench tables = SnapshotBench.prepare(servers, bench, snapshot.tables());
    return Report.ofSnapshots(
        delay.only() ? List.of() : tables.run(runs),
        delay.rates().isEmpty() ? List.of() : tables.delays(formats.get(0), delay));
  }

  private SubjectChoice choice() {
    Set<SubjectName> names = new LinkedHashSet<>(subjects);
    if (rivals) {
      names.addAll(snapshot.measured().rivals());
    }
    if (snapshot.measured() == Measured.CHANGES) {
      names.stream()
          .filter(SubjectName::readsTables)
          .findFirst()
          .ifPresent(
              name -> {
                throw new ParameterException(spec.commandLine(), name + " requires --snapshot");
              });
    }
    if (snapshot.tables().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Expected --snapshot-rows above 0");
    }
    return new SubjectChoice(snapshot.measured(), List.copyOf(names), formats, rivalJava);
  }

  private Load load(LoadName name) {
    return switch (name) {
      case OLTP -> new OltpLoad(transactions);
      case WIDE -> new WideLoad(wideRows);
    };
  }
}
