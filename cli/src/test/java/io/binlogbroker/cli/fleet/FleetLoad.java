package io.binlogbroker.cli.fleet;

import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Inserts a row with the next number into each table in turn, until it is stopped. */
final class FleetLoad implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(30);

  private final MysqlServer mysql;
  private final List<String> tables;
  private final int rowsPerSecond;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::write, "fleet-load");
  private volatile boolean stopped;

  /**
   * @param tables with their schema, each with a column {@code id}
   */
  FleetLoad(MysqlServer mysql, List<String> tables, int rowsPerSecond) {
    this.mysql = mysql;
    this.tables = tables;
    this.rowsPerSecond = rowsPerSecond;
  }

  void start() {
    thread.start();
  }

  private void write() {
    try (Connection connection = mysql.connect()) {
      for (int id = 1; !stopped; id++) {
        for (String table : tables) {
          insert(connection, table, id);
          TimeUnit.MICROSECONDS.sleep(TimeUnit.SECONDS.toMicros(1) / rowsPerSecond);
        }
      }
    } catch (SQLException | InterruptedException e) {
      failure.set(e);
    }
  }

  private static void insert(Connection connection, String table, int id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
      insert.setInt(1, id);
      insert.executeUpdate();
    }
  }

  /** Stops after a row in each table, so that all have the same numbers. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join(STOP.toMillis());
    if (failure.get() != null) {
      throw new AssertionError("Expected the load to run", failure.get());
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }
}
