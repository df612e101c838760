package io.binlogbroker.bench;

import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Measures how fast the broker drains a prepared binary log of an OLTP load into one topic, exactly
 * once: rows a second from the first visible message to the last, CPU and memory of its process.
 */
public final class DrainBench {
  private static final long TICKS_PER_SECOND = 100;
  private static final String TOPIC = "sbtest";
  private static final int POLL_MILLIS = 20;
  private static final long QUIET_SECONDS = 3;
  private static final int QUIET_TRIES = 100;

  private final MysqlServer mysql;
  private final KafkaServer kafka;
  private final Path folder;

  private DrainBench(MysqlServer mysql, KafkaServer kafka, Path folder) {
    this.mysql = mysql;
    this.kafka = kafka;
    this.folder = folder;
  }

  /**
   * @param args number of transactions, four row changes each, and number of runs
   */
  public static void main(String[] args) throws Exception {
    int transactions = Integer.parseInt(args[0]);
    int runs = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("drain");
    try (MysqlServer mysql = MysqlServer.mysql8033().with("max_binlog_size", "1G").start();
        KafkaServer kafka =
            new KafkaServer().withJavaOptions("-Xmx1g", "-XX:TieredStopAtLevel=4").start()) {
      DrainBench bench = new DrainBench(mysql, kafka, folder);
      OltpLoad.prepare(mysql);
      mysql.createReplicationUser("rep_user", "rep_user");
      String file = String.valueOf(mysql.query("SHOW MASTER STATUS").get(0).get("File"));
      String offset = String.valueOf(mysql.query("SHOW MASTER STATUS").get(0).get("Position"));
      String uuid = String.valueOf(mysql.value("SELECT @@server_uuid"));
      OltpLoad.write(mysql, transactions);
      awaitQuiet(mysql.pid());
      System.out.println(
          "| run | rows | rows/s | CPU µs a row | peak RSS MiB | start to first row s |");
      System.out.println("|---|---|---|---|---|---|");
      for (int run = 1; run <= runs; run++) {
        System.out.println(bench.drain(run, transactions * 4L, file, offset, uuid));
      }
    }
  }

  /** A server goes on working for a while after such a load, on the cores that are measured. */
  private static void awaitQuiet(long pid) throws IOException, InterruptedException {
    long before = cpuTicks(pid);
    for (int i = 0; i < QUIET_TRIES; i++) {
      Thread.sleep(QUIET_SECONDS * 1_000);
      long now = cpuTicks(pid);
      if (now - before < QUIET_SECONDS * TICKS_PER_SECOND / 20) {
        return;
      }
      before = now;
    }
    throw new IllegalStateException("MySQL does not come to rest after the load");
  }

  private String drain(int run, long rows, String file, String offset, String uuid)
      throws Exception {
    Path config = write(run, file, offset, uuid);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      recreateTopic(admin);
      long started = System.nanoTime();
      Process broker = start(config, run);
      try {
        awaitOffset(admin, 1, broker);
        long first = System.nanoTime();
        long cpuBefore = cpuTicks(broker.pid());
        awaitOffset(admin, rows, broker);
        long last = System.nanoTime();
        long cpu = cpuTicks(broker.pid()) - cpuBefore;
        double seconds = (last - first) / 1e9;
        return String.format(
            Locale.ROOT,
            "| %d | %,d | %,.0f | %.2f | %d | %.1f |",
            run,
            rows,
            rows / seconds,
            cpu * 1e6 / TICKS_PER_SECOND / rows,
            peakResidentKib(broker.pid()) / 1024,
            (first - started) / 1e9);
      } finally {
        broker.destroy();
        broker.waitFor();
      }
    }
  }

  private Path write(int run, String file, String offset, String uuid) throws IOException {
    String group = "bench" + run;
    Files.writeString(
        folder.resolve(group + ".position.json"),
        """
        {"file":"%s","pos":%s,"gtid_set":null,"rows_events":0,"rows":0,"server_uuid":"%s",\
        "epoch":"bench","saved_at":"2026-11-22T00:00:00Z"}"""
            .formatted(file, offset, uuid));
    return Files.writeString(
        folder.resolve(group + ".json"),
        """
        {"RPCListen":"", "KafkaAddr":["%1$s"], "StateDir":"%2$s", "LogDir":"%2$s", "AllowPublicKeyRetrieval":true, "SyncAll":true,
         "Tls":{"Mode":"disabled"}, "MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%3$d)"}
        """
            .formatted(kafka.bootstrapServers(), folder, mysql.port()));
  }

  private static void recreateTopic(Admin admin) throws Exception {
    if (admin.listTopics().names().get().contains(TOPIC)) {
      admin.deleteTopics(List.of(TOPIC)).all().get();
      while (admin.listTopics().names().get().contains(TOPIC)) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
  }

  /** Runs the program as its users do, with a smaller heap. */
  private Process start(Path config, int run) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
                System.getProperty("launcher"), "-g", "bench" + run, "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("bench" + run + ".log").toFile());
    program.environment().merge("JAVA_OPTS", "-Xmx192m", (more, heap) -> heap + " " + more);
    return program.start();
  }

  /** Waits until consumers that read committed messages can see so many, markers not counted. */
  private static void awaitOffset(Admin admin, long offset, Process broker) throws Exception {
    while (visible(admin) < offset) {
      if (!broker.isAlive()) {
        throw new IllegalStateException("The broker ended with " + broker.exitValue());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static long visible(Admin admin) throws ExecutionException, InterruptedException {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try {
      return admin
          .listOffsets(
              Map.of(partition, OffsetSpec.latest()),
              new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0; // just created, and not known everywhere yet
      }
      throw e;
    }
  }

  private static long cpuTicks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static long peakResidentKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
