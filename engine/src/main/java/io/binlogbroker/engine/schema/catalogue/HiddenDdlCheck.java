package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.Fit;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.LiveTable;
import io.binlogbroker.engine.schema.ddl.TableState;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects tables that were altered without a statement in the log, for one connection: compares the
 * catalogue's column names with the server's, once for each table id in the log. Relay thread.
 */
final class HiddenDdlCheck {
  private static final Logger log = LoggerFactory.getLogger(HiddenDdlCheck.class);

  /**
   * The check is postponed while the reader is farther from the log's end: checking reads the log
   * in between.
   */
  private static final long NEAR = 64L << 20;

  /** A server with a small table cache keeps opening tables under new ids. */
  private static final int MAX_PER_PERIOD = 100;

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(10);
  private static final int MAX_REMEMBERED = 5_000;

  private final LiveSchema server;
  private final LongSupplier nanoTime;
  private final Map<TableName, Seen> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TableName, Seen> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  private @Nullable BinlogPosition resumeAt;
  private boolean pauses;
  private long pausesUntil;
  private long periodStart;
  private int queries;

  /**
   * The table id of a table in the log.
   *
   * @param firstUnverified the first position with unverified rows
   */
  private record Seen(long tableId, BinlogPosition firstUnverified, boolean verified) {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  HiddenDdlCheck(LiveSchema server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
    this.periodStart = nanoTime.getAsLong();
  }

  /** Table ids have another meaning from here on, because the server was restarted. */
  void forgetTableIds() {
    seen.clear();
  }

  /** Whether a postponed check is due at a position; it is then no longer postponed. */
  boolean isDue(BinlogPosition place) {
    BinlogPosition resume = resumeAt;
    if (resume != null && !place.isBefore(resume)) {
      resumeAt = null;
      return true;
    }
    if (pauses && nanoTime.getAsLong() - pausesUntil >= 0) {
      pauses = false;
      return true;
    }
    return false;
  }

  /**
   * Verifies the known columns of a table at a position of the log.
   *
   * @param fit whether a column list matches the TABLE_MAP
   * @throws SchemaException when the table was altered without a statement in the log
   */
  void verify(TableName name, long tableId, TableState known, BinlogPosition place, Fit fit) {
    Seen before = seen.get(name);
    if (before != null && before.verified() && before.tableId() == tableId) {
      return;
    }
    BinlogPosition firstUnverified =
        before == null || before.verified() ? place : before.firstUnverified();
    seen.put(name, new Seen(tableId, firstUnverified, false));
    if (!mayQuery(nanoTime.getAsLong())) {
      return;
    }
    pause(nanoTime.getAsLong() + RETRY_PAUSE.toNanos()); // if the server cannot be reached
    LiveTable live = differing(name, known, fit);
    if (live != null && !isNear(place, live.end())) {
      pauses = false;
      postpone(live.end());
      return;
    }
    LiveTable altered = live == null ? null : altered(name, known, place, fit, live);
    pauses = false;
    if (altered != null) {
      throw new SchemaException(message(name, known, firstUnverified, place, altered));
    }
    seen.put(name, new Seen(tableId, firstUnverified, true));
  }

  private boolean mayQuery(long now) {
    if (pauses) {
      return false; // until it is due with all other postponed checks
    }
    if (now - periodStart >= PERIOD.toNanos()) {
      periodStart = now;
      queries = 0;
    }
    if (queries == MAX_PER_PERIOD) {
      pause(periodStart + PERIOD.toNanos());
      return false;
    }
    queries++;
    return true;
  }

  private void pause(long until) {
    pauses = true;
    pausesUntil = until;
  }

  /** The server's columns if they match the row's table but have other names. */
  private @Nullable LiveTable differing(TableName name, TableState known, Fit fit) {
    LiveTable live = read(name);
    boolean differs =
        live != null
            && fit.disagreement(live.definition().schema()) == null
            && !names(live.definition()).equals(names(known.known()));
    return differs ? live : null;
  }

  /** Also null for a table with labels that the server cannot show. */
  private @Nullable LiveTable read(TableName name) {
    try {
      return server.read(name);
    } catch (SchemaException e) {
      log.debug("The columns of {} cannot be verified", name, e);
      return null;
    }
  }

  private static List<String> names(TableDefinition table) {
    return table.columns().stream().map(ColumnSchema::name).toList();
  }

  /**
   * The server's columns of an altered table; null if a statement in the log explains the change.
   */
  private @Nullable LiveTable altered(
      TableName name, TableState known, BinlogPosition place, Fit fit, LiveTable live) {
    if (server.firstChange(name, place, live) != null) {
      return null;
    }
    server.awaitLogging();
    LiveTable again = differing(name, known, fit);
    return again == null || server.firstChange(name, place, again) != null ? null : again;
  }

  private static boolean isNear(BinlogPosition place, BinlogPosition end) {
    boolean isSameFile = place.file().equals(end.file());
    return !place.isBefore(end) || (isSameFile && end.offset() - place.offset() <= NEAR);
  }

  private void postpone(BinlogPosition end) {
    if (resumeAt == null) {
      resumeAt = new BinlogPosition(end.file(), Math.max(0, end.offset() - NEAR));
    }
  }

  private static String message(
      TableName name,
      TableState known,
      BinlogPosition firstUnverified,
      BinlogPosition place,
      LiveTable live) {
    return "The columns of "
        + name
        + " at "
        + place
        + " are unknown: the catalogue has "
        + names(known.known())
        + " (from "
        + known.why()
        + "), the server shows "
        + names(live.definition())
        + ", and no statement up to "
        + live.end()
        + " changed them: the change was not logged (sql_log_bin = 0, for example). Rows from "
        + firstUnverified
        + " on may have been written after the change"
        + (firstUnverified.isBefore(place) ? "; those up to here were delivered as before" : "")
        + ". fix: stop all brokers of the group, remove the catalogue's entry \""
        + Keys.of(name)
        + "\", and start again, if these rows were written with the server's columns; otherwise"
        + " also set a position after the change and copy the table. With binlog_row_metadata ="
        + " FULL the log names the columns";
  }
}
