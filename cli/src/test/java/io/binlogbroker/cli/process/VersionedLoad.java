package io.binlogbroker.cli.process;

import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;

/**
 * Changes a {@link CopiedTable} at a steady rate on its own thread, also after an outage of its
 * server.
 */
final class VersionedLoad implements AutoCloseable {
  private static final int TRANSACTIONS_PER_SECOND = Integer.getInteger("snapshot.load", 200);
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(120);

  private final MysqlServer mysql;
  private final VersionedChanges changes;
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean stopping;
  private volatile SQLException failure;
  private long workingAt = System.nanoTime();

  VersionedLoad(Shop shop, CopiedTable table, Random random) {
    this.mysql = shop.mysql();
    this.changes = new VersionedChanges(table, random);
  }

  VersionedLoad start() {
    thread.start();
    return this;
  }

  private void run() {
    while (!stopping) {
      try (Connection connection = mysql.connect()) {
        connection.setAutoCommit(false);
        writeOn(connection);
      } catch (SQLException e) {
        if (ShopLoad.isOurs(e) || System.nanoTime() - workingAt > LONGEST_OUTAGE.toNanos()) {
          failure = e;
          return;
        }
        Pause.of(100);
      }
    }
  }

  private void writeOn(Connection connection) throws SQLException {
    long next = System.nanoTime();
    while (!stopping) {
      changes.write(connection);
      workingAt = System.nanoTime();
      next = Math.max(next + 1_000_000_000L / TRANSACTIONS_PER_SECOND, workingAt - 1_000_000_000L);
      Pause.of(Math.max(0, next - workingAt) / 1_000_000);
    }
  }

  /** Ends the load, and writes the row that a consumer waits for. */
  void finish() {
    close();
    if (thread.isAlive() || failure != null) {
      throw new AssertionError("The load could not write", failure);
    }
    try (Connection connection = mysql.connect()) {
      connection.setAutoCommit(false);
      changes.writeLast(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(LONGEST_OUTAGE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
