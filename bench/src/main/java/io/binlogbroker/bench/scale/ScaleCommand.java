package io.binlogbroker.bench.scale;

import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.process.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/scale}: starts the servers, runs the selected axes and prints the tables. */
@Command(
    name = "bench/scale",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Measures how the broker's cost grows, with one table for each parameter.")
final class ScaleCommand implements Callable<Integer> {
  @Option(names = "--tables", split = ",", description = "Any of ${COMPLETION-CANDIDATES}.")
  private List<Axis> axes = List.of(Axis.values());

  @Option(names = "--factor", description = "Multiplies all numbers of rows; 0.1 for a quick run.")
  private double factor = 1;

  @Option(names = "--out", description = "Folder for scale.md.")
  private @Nullable Path out;

  private ScaleCommand() {}

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new ScaleCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("scale-");
    try (MysqlServer mysql = mysql().start();
        KafkaServer kafka = kafka().start()) {
      mysql.createReplicationUser(Servers.USER, Servers.PASSWORD);
      write(measure(new Servers(mysql, kafka.bootstrapServers(), folder)));
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private static MysqlServer mysql() {
    return MysqlServer.mysql8033()
        .with("max_binlog_size", "1G")
        .with("innodb_flush_log_at_trx_commit", "0")
        .with("innodb_doublewrite", "OFF")
        .with("max_allowed_packet", "64M");
  }

  /**
   * Prevents Kafka's first entry in each partition's index, which is a page fault in a sparse file.
   * On some file systems it takes 15 ms, which would dominate the results for a thousand new
   * partitions.
   */
  private static KafkaServer kafka() {
    return new KafkaServer()
        .withJavaOptions("-Xmx1g", "-XX:TieredStopAtLevel=4")
        .with("log.index.interval.bytes", "1073741824");
  }

  private String measure(Servers servers) throws Exception {
    ScaleBench bench = new ScaleBench(servers, factor);
    bench.warmUp();
    StringBuilder text = new StringBuilder();
    for (Axis axis : axes) {
      text.append(bench.run(axis).markdown());
    }
    return text.toString();
  }

  private void write(String text) throws Exception {
    System.out.print(text);
    if (out != null) {
      Files.createDirectories(out);
      Files.writeString(out.resolve("scale.md"), text);
    }
  }
}
