package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.binlog.row.SchemaException;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.Fit;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.Present;
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
 * column names that the catalogue knows with the server's, once for each table id that the log has
 * for a table. Relay thread.
 */
final class HiddenDdlCheck {
  private static final Logger log = LoggerFactory.getLogger(HiddenDdlCheck.class);

  /** A reader farther from the log's end has the check postponed: it reads the log between. */
  private static final long NEAR = 64L << 20;

  /** A server whose table cache is too small opens tables under new ids all the time. */
  private static final int MOST_PER_PERIOD = 100;

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
  private long periodBegan;
  private int asked;

  /**
   * The table id that the log has for a table.
   *
   * @param since the first place whose rows are not verified
   */
  private record Seen(long tableId, BinlogPosition since, boolean verified) {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  HiddenDdlCheck(LiveSchema server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
    this.periodBegan = nanoTime.getAsLong();
  }

  /** Table ids mean something else from here on: the server was started. */
  void forgetTableIds() {
    seen.clear();
  }

  /** Whether a postponed check is due at a place; then it is no longer postponed. */
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
   * Verifies the columns that are known of a table at a place of the log.
   *
   * @param fit whether a list can be the one that the TABLE_MAP shows
   * @throws SchemaException when the table was altered, and not by a statement of the log
   */
  void verify(TableName name, long tableId, TableState known, BinlogPosition place, Fit fit) {
    Seen before = seen.get(name);
    if (before != null && before.verified() && before.tableId() == tableId) {
      return;
    }
    BinlogPosition since = before == null || before.verified() ? place : before.since();
    seen.put(name, new Seen(tableId, since, false));
    if (!mayAsk(nanoTime.getAsLong())) {
      return;
    }
    pause(nanoTime.getAsLong() + RETRY_PAUSE.toNanos()); // if the server cannot be asked
    Present live = differing(name, known, fit);
    if (live != null && !isNear(place, live.end())) {
      pauses = false;
      postpone(live.end());
      return;
    }
    Present altered = live == null ? null : altered(name, known, place, fit, live);
    pauses = false;
    if (altered != null) {
      throw new SchemaException(message(name, known, since, place, altered));
    }
    seen.put(name, new Seen(tableId, since, true));
  }

  private boolean mayAsk(long now) {
    if (pauses) {
      return false; // until it is due, with all others that were postponed
    }
    if (now - periodBegan >= PERIOD.toNanos()) {
      periodBegan = now;
      asked = 0;
    }
    if (asked == MOST_PER_PERIOD) {
      pause(periodBegan + PERIOD.toNanos());
      return false;
    }
    asked++;
    return true;
  }

  private void pause(long until) {
    pauses = true;
    pausesUntil = until;
  }

  /** What the server shows, if that can be the row's table, too, but has other names. */
  private @Nullable Present differing(TableName name, TableState known, Fit fit) {
    Present live = read(name);
    boolean differs =
        live != null
            && fit.disagreement(live.definition().schema()) == null
            && !names(live.definition()).equals(names(known.known()));
    return differs ? live : null;
  }

  /** Null also for a table with labels that the server cannot show. */
  private @Nullable Present read(TableName name) {
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

  /** What the server shows of an altered table; null where a statement of the log explains it. */
  private @Nullable Present altered(
      TableName name, TableState known, BinlogPosition place, Fit fit, Present live) {
    if (server.firstEnding(name, place, live) != null) {
      return null;
    }
    server.awaitLogging();
    Present again = differing(name, known, fit);
    return again == null || server.firstEnding(name, place, again) != null ? null : again;
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
      TableName name, TableState known, BinlogPosition since, BinlogPosition place, Present live) {
    return "The columns of "
        + name
        + " at "
        + place
        + " are not known: the catalogue has "
        + names(known.known())
        + " (from "
        + known.why()
        + "), the server shows "
        + names(live.definition())
        + ", and no statement up to "
        + live.end()
        + " altered them: it was not logged (sql_log_bin = 0, for example). Rows from "
        + since
        + " on may have been written after it"
        + (since.isBefore(place) ? "; those up to here were delivered as before" : "")
        + ". fix: stop all brokers of the group, remove the catalogue's entry \""
        + Keys.of(name)
        + "\", and start again, if these rows were written with the columns that the server shows;"
        + " otherwise set a position behind the change as well, and copy the table. With"
        + " binlog_row_metadata = FULL the log names the columns";
  }
}
