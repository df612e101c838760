package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.SourceTransaction;
import io.binlogbroker.engine.source.mysql.transaction.UndoneRows.Span;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open event group: from its GTID event, or its BEGIN where there is none, to its end. Mutable;
 * belongs to the relay thread.
 */
public final class TransactionGroup {
  private static final int MANY_TABLES = 64;

  private final Map<String, Long> savepoints = new HashMap<>();

  private boolean open;
  private boolean begun;
  private long rowsEvents;
  private Set<TableMap> tables = noTables();
  private boolean withheld;
  private @Nullable String gtid;
  private long serverId;
  private BinlogPosition place = new BinlogPosition("", 0);
  private long committedMillis;

  /** Opens a group; whether it is a transaction is not known yet. */
  public void open(
      @Nullable String gtid, long serverId, BinlogPosition place, long committedMillis) {
    this.open = true;
    this.begun = false;
    this.rowsEvents = 0;
    this.savepoints.clear();
    forgetTables();
    this.withheld = false;
    this.gtid = gtid;
    this.serverId = serverId;
    this.place = place;
    this.committedMillis = committedMillis;
  }

  /** Replaces the set when it has been large, because clearing it would be slow every time. */
  private void forgetTables() {
    if (tables.size() > MANY_TABLES) {
      tables = noTables();
    }
    tables.clear();
  }

  private static Set<TableMap> noTables() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** The group is a transaction. */
  public SourceTransaction begin() {
    begun = true;
    return new SourceTransaction(gtid, serverId, place, committedMillis);
  }

  /** The group is an XA transaction: whether it is committed is not known before its end. */
  public void withhold() {
    withheld = true;
  }

  /** The origin of a statement of this group at that position. */
  public SourceTransaction statement(BinlogPosition at) {
    return new SourceTransaction(gtid, serverId, at, committedMillis);
  }

  public void sawRows(TableMap table) {
    rowsEvents++;
    tables.add(table);
  }

  /**
   * Requires that a server that crashed while it wrote the group has rolled back all changes of it,
   * which it cannot for non-transactional tables.
   *
   * @param next the position that follows instead of the group's end
   */
  public void requireRolledBack(TableEngines facts, BinlogPosition next) {
    for (TableMap table : tables) {
      if (!facts.rollsBack(table.schema(), table.table())) {
        throw GroupFaults.truncated(place, next, table);
      }
    }
  }

  /** The number of rows events so far. */
  long rowsEvents() {
    return rowsEvents;
  }

  public void savepoint(String name) {
    savepoints.put(name.toLowerCase(Locale.ROOT), rowsEvents);
  }

  /**
   * The rows events after a savepoint.
   *
   * @return null when the group has no savepoint of this name
   */
  public @Nullable Span since(String savepoint) {
    Long start = savepoints.get(savepoint.toLowerCase(Locale.ROOT));
    return start == null ? null : new Span(start, rowsEvents);
  }

  public void close() {
    open = false;
    begun = false;
    withheld = false;
  }

  public boolean isOpen() {
    return open;
  }

  public boolean isBegun() {
    return begun;
  }

  public boolean isWithheld() {
    return withheld;
  }

  public boolean hasRows() {
    return rowsEvents > 0;
  }

  @Nullable String gtid() {
    return gtid;
  }

  /** The position of the group's first event. */
  public BinlogPosition place() {
    return place;
  }
}
