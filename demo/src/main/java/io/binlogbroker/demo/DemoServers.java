package io.binlogbroker.demo;

import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.terminal.Console;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * MariaDB, Kafka and a folder for the broker's files, all removed by {@link #close}. Belongs to the
 * demo's thread; each server starts on its own thread.
 */
final class DemoServers implements AutoCloseable {
  static final String MARIADB = "MariaDB 11.4";
  static final String USER = "rep_user";
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(20);

  private final Console console;
  private final MysqlServer mysql = MysqlServer.mariadb114();
  private final KafkaServer kafka = new KafkaServer();
  private final Path folder = newFolder();

  DemoServers(Console console) {
    this.console = console;
  }

  /** Starts both servers; returns early when the signal is raised, with those that run by then. */
  void start(StopSignal stop) {
    if (!mysql.isFetched()) {
      console.line("First run: Maven downloads " + MARIADB + " (150 MB) into its repository.");
    }
    List<BackgroundTask> starts =
        List.of(
            BackgroundTask.start("start-mariadb", () -> timed(MARIADB, mysql::start, mysql::port)),
            BackgroundTask.start("start-kafka", () -> timed("Kafka", kafka::start, kafka::port)));
    try {
      awaitAll(starts, stop);
    } finally {
      starts.forEach(DemoServers::end);
    }
    if (mysql.isRunning()) {
      mysql.createReplicationUser(USER, USER);
    }
  }

  private void timed(String name, Runnable start, IntSupplier port) {
    console.line("starting " + name + " …");
    long started = System.nanoTime();
    start.run();
    double seconds = (System.nanoTime() - started) / 1e9;
    console.line(
        String.format(
            Locale.ROOT, "%s on port %d, started in %.1f s", name, port.getAsInt(), seconds));
  }

  private static void awaitAll(List<BackgroundTask> starts, StopSignal stop) {
    while (!starts.stream().allMatch(BackgroundTask::isDone) && !stop.await(STEP)) {
      starts.forEach(BackgroundTask::check);
    }
    starts.forEach(BackgroundTask::check);
  }

  /** Ends a start: the server is about to be closed. */
  private static void end(BackgroundTask start) {
    start.interrupt();
    start.awaitEnd(END_LIMIT);
  }

  MysqlServer mysql() {
    return mysql;
  }

  KafkaServer kafka() {
    return kafka;
  }

  Path folder() {
    return folder;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("binlogbroker-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not create a temporary folder", e);
    }
  }

  /** Kills the servers and deletes their data. */
  @Override
  public void close() {
    try (mysql;
        kafka) {
      Folders.delete(folder);
      if (kafka.isRunning()) {
        kafka.kill();
      }
      if (mysql.isRunning()) {
        mysql.kill();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + folder, e);
    }
  }
}
