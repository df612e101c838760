package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SqlText;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Opens views of a server's data whose place in the binary log is known. MySQL writes a transaction
 * to the log before a SELECT sees it: a view may lack transactions that the stream has delivered.
 * Stateless.
 */
final class Visibility {
  private static final long POLL_MILLIS = 5;
  private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

  private final boolean mariaDb;
  private final Duration margin;
  private final LongSupplier nanoTime;

  /** Transactions that were visible once; empty for none. */
  private String visible = "";

  /**
   * @param margin how long a transaction may be in the log before it is visible, on a server of
   *     MySQL without GTIDs
   * @param nanoTime as {@link System#nanoTime}
   */
  Visibility(boolean mariaDb, Duration margin, LongSupplier nanoTime) {
    this.mariaDb = mariaDb;
    this.margin = margin;
    this.nanoTime = nanoTime;
  }

  /**
   * Opens a view that contains everything up to a position of the stream.
   *
   * @param floor position of the stream
   * @param since when the stream was there, as {@link System#nanoTime}
   * @return about where the view is in the log
   */
  BinlogPosition open(Session session, Restart floor, long since)
      throws IOException, InterruptedException {
    if (mariaDb) {
      return openExact(session, floor);
    }
    awaitVisible(session, floor, since);
    session.execute(BEGIN);
    return end(session);
  }

  /**
   * Opens a view of exactly what the stream has delivered up to a place, at which it waits.
   *
   * @return false if the server has written more; the view is then closed
   * @throws SchemaException if that cannot be known on this server
   */
  boolean openAt(Session session, Restart place) throws IOException, InterruptedException {
    if (mariaDb) {
      session.execute(BEGIN);
      return isAt(session, exactPlace(session), place);
    }
    if (place.gtidSet() == null) {
      throw new SchemaException(
          "the table has no key, and without GTIDs it is not known what a query of it contains; fix:"
              + " add a primary key, or set gtid_mode = ON");
    }
    awaitVisible(session, place, 0);
    session.execute(BEGIN);
    return isAt(session, end(session), place);
  }

  private static boolean isAt(Session session, BinlogPosition view, Restart place)
      throws IOException {
    boolean is = view.equals(place.place());
    if (!is) {
      close(session);
    }
    return is;
  }

  /** The end of the log: what a view that is open contains was written before it. */
  static BinlogPosition end(Session session) throws IOException {
    return Objects.requireNonNull(new ServerFacts(session).endPlace(), "The server writes no log");
  }

  private void awaitVisible(Session session, Restart floor, long since)
      throws IOException, InterruptedException {
    String set = floor.gtidSet();
    if (set == null) {
      long left = since + margin.toNanos() - nanoTime.getAsLong();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      return;
    }
    if (set.equals(visible)) {
      return;
    }
    String sql =
        "SELECT GTID_SUBSET(" + SqlText.literal(set) + ", @@GLOBAL.gtid_executed) AS visible";
    while (!"1".equals(session.query(sql).rows().get(0).text(0))) {
      Thread.sleep(POLL_MILLIS);
    }
    visible = set;
  }

  /** MariaDB reports the exact position of a view. */
  private static BinlogPosition openExact(Session session, Restart floor)
      throws IOException, InterruptedException {
    while (true) {
      session.execute(BEGIN);
      BinlogPosition place = exactPlace(session);
      if (!place.isBefore(floor.place())) {
        return place;
      }
      session.execute("COMMIT");
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static BinlogPosition exactPlace(Session session) throws IOException {
    return new BinlogPosition(
        status(session, "binlog_snapshot_file"),
        Long.parseLong(status(session, "binlog_snapshot_position")));
  }

  private static String status(Session session, String name) throws IOException {
    String sql = "SHOW STATUS LIKE '" + name + "'";
    return Objects.requireNonNull(session.query(sql).rows().get(0).text(1), name);
  }

  static void close(Session session) throws IOException {
    session.execute("COMMIT");
  }
}
