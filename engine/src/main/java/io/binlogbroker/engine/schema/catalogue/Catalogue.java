package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.binlog.row.SchemaSource.Fit;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.LaterStatement;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.LiveTable;
import io.binlogbroker.engine.schema.ddl.Ddl;
import io.binlogbroker.engine.schema.ddl.DdlReader;
import io.binlogbroker.engine.schema.ddl.TableState;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provides the columns of a table at a position of the log if the log does not name them: it
 * applies the DDL of known tables, and reads other tables from the server if no statement in
 * between may have changed them. Relay thread.
 */
public final class Catalogue {
  private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

  /** Further tables are read when their rows are first seen. */
  private static final int MAX_READ = 5_000;

  private static final BinlogPosition NOWHERE = new BinlogPosition("", 0);

  private final Histories histories;
  private final CatalogueStore store;
  private final Predicate<TableName> delivered;
  private @Nullable LiveSchema server;
  private @Nullable HiddenDdlCheck hiddenDdl;
  private @Nullable CatalogueHead head;
  private boolean lowerCase;
  private boolean active;
  private boolean needless;
  private boolean readsAll;

  /**
   * @param delivered whether rows of a table are delivered
   */
  public Catalogue(CatalogueStore store, Predicate<TableName> delivered) {
    this.store = store;
    this.histories = new Histories(store);
    this.delivered = delivered;
  }

  /**
   * Continues with another connection. Whether names are missing is decided by the log itself: it
   * may have been written before the server was configured to write column names.
   *
   * @param namesMissing whether the server currently writes no column names
   * @param atEnd whether the log is read from its current end
   */
  public void connect(LiveSchema server, boolean namesMissing, boolean atEnd) {
    this.readsAll = namesMissing && atEnd;
    this.server = server;
    this.hiddenDdl = new HiddenDdlCheck(server, System::nanoTime);
    this.lowerCase = server.ignoresCase();
    this.active = true;
    this.needless = !namesMissing && histories.isEmpty();
  }

  /**
   * Processes a TABLE_MAP. If the server names columns now and nothing was known before, the first
   * one decides whether statements are followed.
   *
   * @param named whether it names its columns
   */
  public void tableIsMapped(boolean named) {
    if (!needless) {
      return;
    }
    needless = false;
    if (named) {
      histories.clear();
      active = false;
    }
  }

  /**
   * Starts at a position. Entries that were followed up to it under its epoch, or that lie after
   * it, stay valid; entries before a gap are removed.
   */
  public void begin(String epoch, BinlogPosition start) {
    CatalogueHead known = known();
    String name = server().name();
    if (known == null) {
      head = new CatalogueHead(epoch, name, start, 0);
      readAll(start);
      return;
    }
    String gap = gap(known, epoch, start);
    if (gap != null) {
      log.info("Column lists are read from the server again: {}", gap);
      histories.clear();
    }
    // Positions of another server are in other files.
    BinlogPosition from = known.server().equals(name) ? start : NOWHERE;
    boolean isValid = gap == null && from.isBefore(known.followed());
    head =
        isValid
            ? new CatalogueHead(epoch, name, known.followed(), known.fileCreated())
            : new CatalogueHead(epoch, name, from, 0);
    readAll(start);
  }

  /** Without the head it is unknown how far the tables were followed, so none is valid. */
  private @Nullable CatalogueHead known() {
    byte[] stored = store.read(Keys.HEAD);
    try {
      return stored == null ? null : CatalogueJson.head(stored, Keys.HEAD);
    } catch (DamagedEntryException e) {
      log.warn("The catalogue is damaged; column lists are read from the server again", e);
      histories.clear();
      return null;
    }
  }

  /**
   * Reads all delivered tables if the log is read from its end: the columns of a table without rows
   * before its next ALTER would otherwise be unknown.
   */
  private void readAll(BinlogPosition start) {
    if (!readsAll) {
      return;
    }
    List<TableName> tables =
        server().tables().stream().map(this::cased).filter(delivered).limit(MAX_READ).toList();
    tables.forEach(name -> readAhead(name, start));
    log.info("Read the columns of {} tables", tables.size());
  }

  /** A table that cannot be read may have no rows; if it has, the reason is reported then. */
  private void readAhead(TableName name, BinlogPosition start) {
    try {
      LiveTable current = server().read(name);
      if (current != null && server().firstChange(name, start, current) == null) {
        TableState read = TableState.read(current.definition());
        save(start, Map.of(name, histories.of(name).with(new TableVersion(start, true, read))));
      }
    } catch (SchemaException e) {
      log.debug("The columns of {} are read when its rows are seen", name, e);
    }
  }

  private @Nullable String gap(CatalogueHead known, String epoch, BinlogPosition start) {
    if (!known.server().equals(server().name())) {
      return "they belong to the server " + known.server();
    }
    if (server().end().isBefore(known.followed())) {
      return "the server's log ends before "
          + known.followed()
          + ", the last position that was read";
    }
    if (!known.epoch().equals(epoch) && known.followed().isBefore(start)) {
      return "the position was set beyond "
          + known.followed()
          + ", the last position with known DDL";
    }
    return isAnotherFile(known, epoch)
        ? "the server's " + known.followed().file() + " may not be the file that was read"
        : null;
  }

  /** The file is only checked for positions of another epoch, which an operator set. */
  private boolean isAnotherFile(CatalogueHead known, String epoch) {
    long created = server().created(known.followed().file());
    boolean isKnown = created != 0 && known.fileCreated() != 0;
    return isKnown ? created != known.fileCreated() : !known.epoch().equals(epoch);
  }

  /**
   * The columns of a table at a position of the log.
   *
   * @param fit whether a column list matches the row's TABLE_MAP
   * @throws SchemaException when they are not certain
   */
  public TableSchema describe(String schema, String table, BinlogPosition place, Fit fit) {
    active = true;
    TableName name = cased(new TableName(schema, table));
    TableHistory history = histories.of(name);
    TableState state = history.at(place);
    String fault = fault(name, state, fit);
    if (fault == null) {
      return Objects.requireNonNull(state).schema();
    }
    LiveTable current = current(name, place, fit, fault);
    TableState read = TableState.read(current.definition());
    save(place, Map.of(name, history.with(new TableVersion(place, true, read))));
    return current.definition().schema();
  }

  /**
   * Verifies what {@link #describe} returned with the server, once for each table id. A check that
   * fails or is too early is postponed.
   *
   * @param tableId of the row's TABLE_MAP
   * @throws SchemaException when the table was altered without a statement in the log
   */
  public void verify(String schema, String table, long tableId, BinlogPosition place, Fit fit) {
    TableName name = cased(new TableName(schema, table));
    TableHistory history = histories.of(name);
    TableState state = history.at(place);
    if (state != null && state.isKnown() && !history.isReadAt(place)) {
      hiddenDdl().verify(name, tableId, state, place, fit);
    }
  }

  /** Whether tables must be described again at a position because a check is due. */
  public boolean isCheckDue(BinlogPosition place) {
    return hiddenDdl().isDue(place);
  }

  /** Processes a start of the server: table ids have another meaning afterwards. */
  public void serverStarted() {
    hiddenDdl().forgetTableIds();
  }

  /** The reason why the known columns cannot be used; null if they can. */
  private static @Nullable String fault(TableName name, @Nullable TableState state, Fit fit) {
    if (state == null) {
      return name + " is unknown at this position";
    }
    return state.isKnown() ? fit.disagreement(state.schema()) : state.why();
  }

  private LiveTable current(TableName name, BinlogPosition place, Fit fit, String fault) {
    LiveTable current = read(name, fault);
    if (current == null) {
      throw new SchemaException(
          "The columns of "
              + name
              + " are unknown: the binary log does not name them, and information_schema does not"
              + " show the table: it has been dropped, or the user lacks the SELECT privilege ("
              + fault
              + ")");
    }
    String disagreement = fit.disagreement(current.definition().schema());
    if (disagreement != null) {
      throw new SchemaException(disagreement + " (" + fault + ")");
    }
    requireUnchanged(name, place, current, fault);
    return current;
  }

  private @Nullable LiveTable read(TableName name, String fault) {
    try {
      return server().read(name);
    } catch (SchemaException e) {
      throw new SchemaException(e.getMessage() + " (" + fault + ")", e);
    }
  }

  private void requireUnchanged(
      TableName name, BinlogPosition place, LiveTable current, String fault) {
    LaterStatement later = server().firstChange(name, place, current);
    if (later != null) {
      throw new SchemaException(
          "The columns of "
              + name
              + " from "
              + place
              + " to "
              + later.place()
              + " are unknown: information_schema shows the table after a later statement at "
              + later.place()
              + ": "
              + later.statement()
              + " ("
              + fault
              + ")");
    }
  }

  /**
   * Whether statements matter: they do not if the log names all columns and nothing was followed.
   */
  public boolean isActive() {
    return active;
  }

  /**
   * Applies a statement of the log.
   *
   * @return whether the columns of a table may have changed
   */
  public boolean follow(LoggedStatement statement, BinlogPosition place) {
    Ddl ddl = DdlReader.read(statement, lowerCase);
    if (ddl == null) {
      return false;
    }
    WorkingTables tables = new WorkingTables(histories, place, delivered, this::currentCharset);
    ddl.apply(tables);
    Map<TableName, TableHistory> changes = tables.changes();
    if (changes.isEmpty()) {
      return false;
    }
    save(place, changes);
    log.debug("Columns of {} from {} on: {}", changes.keySet(), place, statement.brief());
    return true;
  }

  private String currentCharset(String schema, BinlogPosition place) {
    TableName name = TableName.ofSchema(schema);
    LiveTable current = server().read(name);
    String charset = current == null ? null : current.definition().charset();
    if (current == null || charset == null) {
      throw new DdlException("information_schema does not show the schema " + schema);
    }
    if (server().firstChange(name, place, current) != null) {
      throw new DdlException("the default character set of " + schema + " has changed since");
    }
    TableState read = TableState.read(current.definition());
    TableHistory history = histories.of(name).with(new TableVersion(place, true, read));
    save(place, Map.of(name, history));
    return charset;
  }

  private void save(BinlogPosition place, Map<TableName, TableHistory> changes) {
    CatalogueHead now = Objects.requireNonNull(head, "The catalogue has not been started");
    BinlogPosition followed = now.followed().isBefore(place) ? place : now.followed();
    CatalogueHead next =
        new CatalogueHead(now.epoch(), now.server(), followed, created(followed.file(), now));
    histories.save(changes, next);
    head = next;
  }

  private long created(String file, CatalogueHead before) {
    boolean isAsked = file.equals(before.followed().file()) && before.fileCreated() != 0;
    return isAsked ? before.fileCreated() : server().created(file);
  }

  private LiveSchema server() {
    return Objects.requireNonNull(server, "The catalogue is not connected");
  }

  private HiddenDdlCheck hiddenDdl() {
    return Objects.requireNonNull(hiddenDdl, "The catalogue is not connected");
  }

  private TableName cased(TableName name) {
    return lowerCase ? name.lowerCase() : name;
  }
}
