package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables whose rows are not delivered from a position on because their columns are unknown. The
 * relay thread parks; any thread may read.
 */
public final class ParkedTables {
  private static final Logger log = LoggerFactory.getLogger(ParkedTables.class);

  private static final String FIX =
      "compare the table with its topic, then \"binlogbroker position set\" at a later position";

  private final boolean parks;
  private final GroupEvents events;
  private final LongAdder missedRows = new LongAdder();
  private volatile List<ParkedTable> parked = List.of();
  private @Nullable CatalogueStore store;
  private String epoch = "";

  /**
   * @param parks whether to park tables; if false, only tables parked before stay parked
   */
  public ParkedTables(boolean parks) {
    this(parks, GroupEvents.none());
  }

  /** As the other constructor, and reports what is parked and unparked as events. */
  public ParkedTables(boolean parks, GroupEvents events) {
    this.parks = parks;
    this.events = events;
  }

  /** Ends: none is parked until the next {@link #begin}. Relay thread. */
  public void forget() {
    parked = List.of();
  }

  /**
   * Starts at a position: tables parked under another epoch are unparked.
   *
   * @param newStore of the new master
   * @throws DamagedEntryException when an entry does not show which table was parked
   */
  public void begin(CatalogueStore newStore, String newEpoch) {
    List<ParkedTable> kept = new ArrayList<>();
    List<String> freed = new ArrayList<>();
    for (String key : newStore.keys(Keys.PARKED)) {
      byte[] stored = newStore.read(key);
      ParkedTable table = stored == null ? null : CatalogueJson.parked(stored, key);
      if (table != null && table.epoch().equals(newEpoch)) {
        kept.add(table);
        log.warn(
            "{}.{} is parked since {}: {}",
            table.schema(),
            table.table(),
            table.place(),
            table.reason());
      } else {
        freed.add(key);
        if (table != null) {
          events.add(
              EventKind.UNPARKED,
              table.schema() + "." + table.table() + " is delivered again: the position was set");
        }
      }
    }
    newStore.remove(freed);
    store = newStore;
    epoch = newEpoch;
    parked = List.copyOf(kept);
  }

  /** Whether a table is parked at a position. */
  public boolean contains(String schema, String table, BinlogPosition place) {
    for (ParkedTable each : parked) {
      if (each.schema().equals(schema) && each.table().equals(table)) {
        return !place.isBefore(each.place());
      }
    }
    return false;
  }

  /**
   * Stops delivering a table's rows from a position on; stored durably before this returns.
   *
   * @throws SchemaException the given fault, if tables are not parked
   */
  public void park(String schema, String table, BinlogPosition place, SchemaException fault) {
    if (!parks) {
      throw fault;
    }
    String reason = String.valueOf(fault.getMessage());
    ParkedTable added = new ParkedTable(schema, table, place, reason, epoch);
    CatalogueStore open = store;
    if (open == null) {
      throw new IllegalStateException("No position has been set");
    }
    open.write(Map.of(Keys.parked(new TableName(schema, table)), CatalogueJson.write(added)));
    List<ParkedTable> all = new ArrayList<>(parked);
    all.removeIf(each -> each.schema().equals(schema) && each.table().equals(table));
    all.add(added);
    parked = List.copyOf(all);
    events.add(EventKind.PARKED, schema + "." + table + " is parked: " + reason, place, FIX);
    log.error(
        "{}.{} is parked: its rows from {} on are not delivered, other tables' rows are. {}",
        schema,
        table,
        place,
        reason);
  }

  public boolean isEmpty() {
    return parked.isEmpty();
  }

  /** Counts rows that were not delivered. */
  public void missed(long rows) {
    missedRows.add(rows);
  }

  /** Rows of parked tables that this process has not delivered. */
  public long missedRows() {
    return missedRows.sum();
  }

  public List<ParkedTable> all() {
    return parked;
  }
}
