package io.binlogbroker.bench.delay;

import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Inserts rows at a fixed rate over several connections, a thread each. A transaction's time is set
 * beforehand, whatever became of those before; a writer that is late sends at once.
 */
final class FixedRateWriter implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final String INSERT =
      "INSERT INTO delay.events (" + SentTime.COLUMN + ", pad) VALUES (?, REPEAT('x', 100))";

  private final MysqlServer mysql;
  private final int rate;
  private final int count;
  private final long startNanos = System.nanoTime();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final List<Future<Long>> ends = new ArrayList<>();

  private FixedRateWriter(MysqlServer mysql, int rate, int count) {
    this.mysql = mysql;
    this.rate = rate;
    this.count = count;
  }

  /** Starts to write so many rows. */
  static FixedRateWriter start(MysqlServer mysql, int rate, int count) {
    FixedRateWriter writer = new FixedRateWriter(mysql, rate, count);
    for (int first = 0; first < CONNECTIONS; first++) {
      writer.ends.add(writer.threads.submit(writer.from(first)));
    }
    return writer;
  }

  /** Waits for the end; returns the transactions a second that were reached. */
  double reached() throws Exception {
    long last = startNanos;
    for (Future<Long> end : ends) {
      last = Math.max(last, end.get());
    }
    return count * 1e9 / (last - startNanos);
  }

  /** Every so manieth row, over a connection of its own; returns when the last one was there. */
  private Callable<Long> from(int first) {
    return () -> {
      try (Connection connection = mysql.connect();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (int row = first; row < count; row += CONNECTIONS) {
          awaitTurn(row);
          insert(insert);
        }
        return System.nanoTime();
      }
    };
  }

  private void awaitTurn(int row) {
    long turn = startNanos + row * 1_000_000_000L / rate;
    for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void insert(PreparedStatement insert) throws SQLException {
    insert.setLong(1, SentTime.now());
    insert.executeUpdate();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
