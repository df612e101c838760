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
import java.util.stream.IntStream;

/**
 * Inserts rows at a fixed rate over several connections, one thread each. Each transaction has a
 * scheduled time that does not depend on earlier ones; a writer that is late sends immediately.
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
  private volatile boolean stopped;

  private FixedRateWriter(MysqlServer mysql, int rate, int count) {
    this.mysql = mysql;
    this.schedule = new Schedule(rate);
    this.count = count;
    this.insertMicros = new long[count];
  }

  /** Starts writing this many rows. */
  static FixedRateWriter start(MysqlServer mysql, int rate, int count) {
    FixedRateWriter writer = new FixedRateWriter(mysql, rate, count);
    for (int first = 0; first < CONNECTIONS; first++) {
      writer.ends.add(writer.threads.submit(writer.from(first)));
    }
    return writer;
  }

  /** Waits for the end and returns the transactions per second reached. */
  double reached() throws Exception {
    long first = schedule.dueNanos(0);
    long last = first;
    for (Future<Long> end : ends) {
      last = Math.max(last, end.get());
    }
    return count * 1e9 / (last - first);
  }

  /** Ends the writing after the inserts that are being executed. */
  void stop() throws Exception {
    stopped = true;
    for (Future<Long> end : ends) {
      end.get();
    }
  }

  /** Writes every n-th row over its own connection and returns the time of the last commit. */
  private Callable<Long> from(int first) {
    return () -> {
      try (Connection connection = mysql.connect();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (int row = first; row < count && !stopped; row += CONNECTIONS) {
          schedule.await(row);
          insertMicros[row] = insert(insert);
        }
        return System.nanoTime();
      }
    };
  }

  /** Returns the microseconds until MySQL had committed the row. */
  private static long insert(PreparedStatement insert) throws SQLException {
    long sent = SentTime.now();
    insert.setLong(1, sent);
    insert.executeUpdate();
    return SentTime.now() - sent;
  }

  /** Microseconds of the commits starting at a row; after {@link #reached} has returned. */
  long[] insertsFrom(int row) {
    return Arrays.copyOfRange(insertMicros, row, count);
  }

  /** Microseconds of the commits that were due between two times; after {@link #stop}. */
  long[] insertsBetween(long from, long to) {
    return IntStream.range(0, count)
        .filter(row -> isBetween(schedule.dueNanos(row) / 1_000, from, to))
        .mapToLong(row -> insertMicros[row])
        // A writer that was late had not sent its last rows.
        .filter(micros -> micros > 0)
        .toArray();
  }

  private static boolean isBetween(long time, long from, long to) {
    return time - from >= 0 && time - to < 0;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
