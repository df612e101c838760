package io.binlogbroker.cli.process;

import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes to the shop's tables at a steady rate on its own thread, also after an outage of its
 * server.
 */
final class ShopLoad implements AutoCloseable {
  private static final int CHANGES_PER_SECOND = Integer.getInteger("load.rate", 1_500);

  /** A replay keeps all changes in memory; from here on there are only a few. */
  private static final long MOST_CHANGES = Long.getLong("load.changes", 150_000);

  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(120);

  private final MysqlServer mysql;
  private final ShopTransactions transactions;
  private final int size;
  private final Thread thread = new Thread(this::run, "load");
  private final AtomicReference<CountDownLatch> large = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile SQLException failure;
  private long changes;
  private long workingAt = System.nanoTime();

  ShopLoad(Shop shop, Random random) {
    this(shop, random, 0);
  }

  /**
   * @param size of each transaction, in changes; 0 for a mix
   */
  ShopLoad(Shop shop, Random random, int size) {
    this.mysql = shop.mysql();
    this.size = size;
    this.transactions = new ShopTransactions(random, shop.freeId());
  }

  ShopLoad start() {
    thread.start();
    return this;
  }

  private void run() {
    while (!stopping) {
      try (Connection connection = mysql.connect()) {
        connection.setAutoCommit(false);
        writeOn(connection);
      } catch (SQLException e) {
        if (isOurs(e) || System.nanoTime() - workingAt > LONGEST_OUTAGE.toNanos()) {
          failure = e;
          return;
        }
        Pause.of(100);
      }
    }
  }

  /** Whether the statement failed and not the connection. */
  static boolean isOurs(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("23") || state.startsWith("42");
  }

  private void writeOn(Connection connection) throws SQLException {
    while (!stopping) {
      int written = write(connection);
      changes += written;
      workingAt = System.nanoTime();
      Pause.of(changes < MOST_CHANGES ? 1 + written * 1_000L / CHANGES_PER_SECOND : 100);
    }
  }

  /** Makes the next transaction a large one; returns once it is committed. */
  void writeLarge() {
    CountDownLatch committed = new CountDownLatch(1);
    large.set(committed);
    try {
      if (!committed.await(LONGEST_OUTAGE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("The load could not write", failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int write(Connection connection) throws SQLException {
    CountDownLatch asked = large.get();
    if (asked != null) {
      int written = transactions.write(connection, ShopTransactions.LARGEST);
      if (written > 0) {
        large.set(null);
        asked.countDown();
      }
      return written;
    }
    if (changes >= MOST_CHANGES) {
      return transactions.write(connection, 1);
    }
    return size == 0 ? transactions.write(connection) : transactions.write(connection, size);
  }

  /** Ends the load after its current transaction. */
  void stop() {
    close();
    if (thread.isAlive() || failure != null) {
      throw new AssertionError("The load could not write", failure);
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
