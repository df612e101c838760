package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.binlog.row.SchemaException;
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
 * The tables whose rows are not delivered from a place of the log on, because nobody could tell
 * their columns. The relay thread parks; any thread looks.
 */
public final class ParkedTables {
  private static final Logger log = LoggerFactory.getLogger(ParkedTables.class);

  private final boolean parks;
  private final LongAdder missedRows = new LongAdder();
  private volatile List<ParkedTable> parked = List.of();
  private @Nullable CatalogueStore store;
  private String epoch = "";

  /**
   * @param parks whether tables are to be parked; else none is, beyond those that were before
   */
  public ParkedTables(boolean parks) {
    this.parks = parks;
  }

  /**
   * Begins at a position: what was parked under another epoch is free.
   *
   * @param newStore of the master that begins
   * @throws DamagedEntryException when it cannot be told which table was parked
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
      }
    }
    newStore.remove(freed);
    store = newStore;
    epoch = newEpoch;
    parked = List.copyOf(kept);
  }

  /** Whether rows at a place are of a parked table. */
  public boolean holds(String schema, String table, BinlogPosition place) {
    for (ParkedTable each : parked) {
      if (each.schema().equals(schema) && each.table().equals(table)) {
        return !place.isBefore(each.place());
      }
    }
    return false;
  }

  /**
   * Leaves out a table's rows from here on; remembered durably before this returns.
   *
   * @throws SchemaException the fault itself, where tables are not to be parked
   */
  public void park(String schema, String table, BinlogPosition place, SchemaException fault) {
    if (!parks) {
      throw fault;
    }
    String reason = String.valueOf(fault.getMessage());
    ParkedTable added = new ParkedTable(schema, table, place, reason, epoch);
    CatalogueStore open = store;
    if (open == null) {
      throw new IllegalStateException("No position has begun");
    }
    open.write(Map.of(Keys.parked(new TableName(schema, table)), CatalogueJson.write(added)));
    List<ParkedTable> all = new ArrayList<>(parked);
    all.removeIf(each -> each.schema().equals(schema) && each.table().equals(table));
    all.add(added);
    parked = List.copyOf(all);
    log.error(
        "{}.{} is parked: from {} on its rows are not delivered, those of other tables are. {}",
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
