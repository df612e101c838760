package io.binlogbroker.bench.delay;

import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Inserts rows at a fixed rate over several connections, a thread each. A transaction's time is set
 * beforehand, whatever became of those before; a writer that is late sends at once.
 */
final class FixedRateWriter implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final String INSERT =
      "INSERT INTO delay.events (" + SentTime.COLUMN + ", pad) VALUES (?, REPEAT('x', 100))";

  private final MysqlServer mysql;
  private final int count;
  private final Schedule schedule;
  private final long[] insertMicros;
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final List<Future<Long>> ends = new ArrayList<>();

  private FixedRateWriter(MysqlServer mysql, int rate, int count) {
    this.mysql = mysql;
    this.schedule = new Schedule(rate);
    this.count = count;
    this.insertMicros = new long[count];
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
    long first = schedule.turnNanos(0);
    long last = first;
    for (Future<Long> end : ends) {
      last = Math.max(last, end.get());
    }
    return count * 1e9 / (last - first);
  }

  /** Every so manieth row, over a connection of its own; returns when the last one was there. */
  private Callable<Long> from(int first) {
    return () -> {
      try (Connection connection = mysql.connect();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (int row = first; row < count; row += CONNECTIONS) {
          schedule.await(row);
          insertMicros[row] = insert(insert);
        }
        return System.nanoTime();
      }
    };
  }

  /** Returns the microseconds until MySQL had committed it. */
  private static long insert(PreparedStatement insert) throws SQLException {
    long sent = SentTime.now();
    insert.setLong(1, sent);
    insert.executeUpdate();
    return SentTime.now() - sent;
  }

  /** How long the commits from that row on took, microseconds; once {@link #reached} has told. */
  long[] insertsFrom(int row) {
    return Arrays.copyOfRange(insertMicros, row, count);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
