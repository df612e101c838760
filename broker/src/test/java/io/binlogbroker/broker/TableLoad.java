package io.binlogbroker.broker;

import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into four tables, one of each with the same id in each transaction, on a thread of
 * its own until it is stopped.
 */
final class TableLoad implements AutoCloseable {
  static final List<String> TABLES = List.of("goods", "coming", "leaving", "stock");

  private final MysqlServer mysql;
  private final AtomicInteger last = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "table load");
  private volatile boolean stopping;
  private volatile @Nullable SQLException failure;

  TableLoad(MysqlServer mysql) {
    this.mysql = mysql;
  }

  TableLoad start() {
    thread.start();
    return this;
  }

  private void run() {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!stopping) {
        int id = last.get() + 1;
        for (String table : TABLES) {
          statement.execute("INSERT INTO live_db." + table + " VALUES (" + id + ")");
        }
        connection.commit();
        last.set(id);
        Pause.of(2);
      }
    } catch (SQLException e) {
      failure = e;
    }
  }

  /** Waits until so many more transactions were written. */
  void awaitMore(int count) {
    int wanted = last.get() + count;
    for (int tries = 0; last.get() < wanted; tries++) {
      if (failure != null || tries > 6_000) {
        throw new AssertionError("The load does not write", failure);
      }
      Pause.of(10);
    }
  }

  /** Ends it, and returns the last id. */
  int stop() {
    stopping = true;
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (failure != null) {
      throw new AssertionError("The load could not write", failure);
    }
    return last.get();
  }

  @Override
  public void close() {
    stopping = true;
  }
}
