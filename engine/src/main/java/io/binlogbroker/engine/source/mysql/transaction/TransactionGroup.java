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
 * The group of events that is open: from its GTID event, or its BEGIN where there is none, to its
 * end. Mutable; belongs to the relay thread.
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

  /** A group starts; whether it holds a transaction is not known yet. */
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

  /** Emptying a set that was large once takes long each time. */
  private void forgetTables() {
    if (tables.size() > MANY_TABLES) {
      tables = noTables();
    }
    tables.clear();
  }

  private static Set<TableMap> noTables() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** It does hold a transaction. */
  public SourceTransaction begin() {
    begun = true;
    return new SourceTransaction(gtid, serverId, place, committedMillis);
  }

  /** It holds an XA transaction: whether its rows count is not known before its end. */
  public void withhold() {
    withheld = true;
  }

  /** Whence a statement of it comes that stands there. */
  public SourceTransaction statement(BinlogPosition at) {
    return new SourceTransaction(gtid, serverId, at, committedMillis);
  }

  public void sawRows(TableMap table) {
    rowsEvents++;
    tables.add(table);
  }

  /**
   * A server that crashed while it wrote the group has rolled back what can be.
   *
   * @param next what follows instead of the group's end
   */
  public void requireRolledBack(TableEngines facts, BinlogPosition next) {
    for (TableMap table : tables) {
      if (!facts.rollsBack(table.schema(), table.table())) {
        throw GroupFaults.cutOff(place, next, table);
      }
    }
  }

  /** Rows events so far. */
  long rowsEvents() {
    return rowsEvents;
  }

  public void savepoint(String name) {
    savepoints.put(name.toLowerCase(Locale.ROOT), rowsEvents);
  }

  /**
   * The rows events since a savepoint.
   *
   * @return null when the group has none of this name
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

  /** Of its first event. */
  public BinlogPosition place() {
    return place;
  }
}
