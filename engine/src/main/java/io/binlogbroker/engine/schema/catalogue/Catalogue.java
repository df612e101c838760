package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.binlog.row.SchemaException;
import io.binlogbroker.binlog.row.SchemaSource.Fit;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.Later;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.Present;
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
 * Tells what the columns of a table were at a place of the log, where the log itself does not:
 * follows the DDL of the tables in play, and reads from the server what it has not followed, if
 * nothing in between may have changed it. Relay thread.
 */
public final class Catalogue {
  private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

  /** More tables are read when they are first met. */
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
   * @param delivered whether rows of such a table would be delivered
   */
  public Catalogue(CatalogueStore store, Predicate<TableName> delivered) {
    this.store = store;
    this.histories = new Histories(store);
    this.delivered = delivered;
  }

  /**
   * Goes on with another connection. Whether names are missing is for its log to show: what is read
   * may have been written before the server was told to name columns.
   *
   * @param namesMissing whether what the server writes now comes without names
   * @param atEnd whether its log is read from its present end on
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
   * Takes note of a TABLE_MAP. The first one decides whether statements are followed, where the
   * server names columns now and nothing was known before.
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
   * Begins at a position. What was followed under its epoch, or lies behind it, still holds; what a
   * gap divides from it is forgotten.
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
      log.info("Column lists are read from the server anew: {}", gap);
      histories.clear();
    }
    // A position of another server says nothing about this one's files.
    BinlogPosition from = known.server().equals(name) ? start : NOWHERE;
    boolean holds = gap == null && from.isBefore(known.followed());
    head =
        holds
            ? new CatalogueHead(epoch, name, known.followed(), known.fileCreated())
            : new CatalogueHead(epoch, name, from, 0);
    readAll(start);
  }

  /** Without it nobody knows how far the tables were followed: then none of them counts. */
  private @Nullable CatalogueHead known() {
    byte[] stored = store.read(Keys.HEAD);
    try {
      return stored == null ? null : CatalogueJson.head(stored, Keys.HEAD);
    } catch (DamagedEntryException e) {
      log.warn("The catalogue is damaged, column lists are read from the server anew", e);
      histories.clear();
      return null;
    }
  }

  /**
   * Reads all tables that are delivered where the log is begun at its end: a table that is quiet
   * until it is altered could not be told otherwise.
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

  /** One that cannot be told may never be met; if it is, that says why. */
  private void readAhead(TableName name, BinlogPosition start) {
    try {
      Present present = server().read(name);
      if (present != null && server().firstEnding(name, start, present) == null) {
        TableState read = TableState.read(present.definition());
        save(start, Map.of(name, histories.of(name).with(new TableVersion(start, true, read))));
      }
    } catch (SchemaException e) {
      log.debug("The columns of {} are left for when it is met", name, e);
    }
  }

  private @Nullable String gap(CatalogueHead known, String epoch, BinlogPosition start) {
    if (!known.server().equals(server().name())) {
      return "they were of the server " + known.server();
    }
    if (server().end().isBefore(known.followed())) {
      return "the server's log ends before " + known.followed() + ", up to where it was followed";
    }
    if (!known.epoch().equals(epoch) && known.followed().isBefore(start)) {
      return "the position was set beyond " + known.followed() + ", up to where DDL was followed";
    }
    return isAnotherFile(known, epoch)
        ? "the server's " + known.followed().file() + " may be another than the one that was read"
        : null;
  }

  /** Positions of one epoch are held against their files, those that somebody set are not. */
  private boolean isAnotherFile(CatalogueHead known, String epoch) {
    long created = server().created(known.followed().file());
    boolean isKnown = created != 0 && known.fileCreated() != 0;
    return isKnown ? created != known.fileCreated() : !known.epoch().equals(epoch);
  }

  /**
   * The columns of a table as they were at a place of the log.
   *
   * @param fit whether a list can be the one that the row's TABLE_MAP shows
   * @throws SchemaException when they cannot be told for certain
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
    Present present = present(name, place, fit, fault);
    TableState read = TableState.read(present.definition());
    save(place, Map.of(name, history.with(new TableVersion(place, true, read))));
    return present.definition().schema();
  }

  /**
   * Verifies what {@link #describe} returned with the server, once for each table id. A check that
   * fails, or that is too early, is due later.
   *
   * @param tableId of the row's TABLE_MAP
   * @throws SchemaException when the table was altered, and not by a statement of the log
   */
  public void verify(String schema, String table, long tableId, BinlogPosition place, Fit fit) {
    TableName name = cased(new TableName(schema, table));
    TableHistory history = histories.of(name);
    TableState state = history.at(place);
    if (state != null && state.isKnown() && !history.isReadAt(place)) {
      hiddenDdl().verify(name, tableId, state, place, fit);
    }
  }

  /** Whether tables have to be described again at a place, because a check is due there. */
  public boolean isCheckDue(BinlogPosition place) {
    return hiddenDdl().isDue(place);
  }

  /** Takes note of a start of the server: table ids mean something else behind it. */
  public void serverStarted() {
    hiddenDdl().forgetTableIds();
  }

  /** Why what is known is of no use; null when it is. */
  private static @Nullable String fault(TableName name, @Nullable TableState state, Fit fit) {
    if (state == null) {
      return name + " was not followed up to here";
    }
    return state.isKnown() ? fit.disagreement(state.schema()) : state.why();
  }

  private Present present(TableName name, BinlogPosition place, Fit fit, String fault) {
    Present present = read(name, fault);
    if (present == null) {
      throw new SchemaException(
          "Nothing is known of the columns of "
              + name
              + ", which the binary log names not, and information_schema does not show the table:"
              + " it was dropped since, or the user may not SELECT from it ("
              + fault
              + ")");
    }
    String disagreement = fit.disagreement(present.definition().schema());
    if (disagreement != null) {
      throw new SchemaException(disagreement + " (" + fault + ")");
    }
    requireUnchanged(name, place, present, fault);
    return present;
  }

  private @Nullable Present read(TableName name, String fault) {
    try {
      return server().read(name);
    } catch (SchemaException e) {
      throw new SchemaException(e.getMessage() + " (" + fault + ")", e);
    }
  }

  private void requireUnchanged(
      TableName name, BinlogPosition place, Present present, String fault) {
    Later later = server().firstEnding(name, place, present);
    if (later != null) {
      throw new SchemaException(
          "The columns of "
              + name
              + " from "
              + place
              + " to "
              + later.place()
              + " are not known: information_schema shows the table as it is after a later"
              + " statement, at "
              + later.place()
              + ": "
              + later.statement()
              + " ("
              + fault
              + ")");
    }
  }

  /** Whether statements matter: not where the log names all columns and nothing was followed. */
  public boolean isActive() {
    return active;
  }

  /**
   * Takes a statement of the log in.
   *
   * @return whether the columns of a table may be others from here on
   */
  public boolean follow(LoggedStatement statement, BinlogPosition place) {
    Ddl ddl = DdlReader.read(statement, lowerCase);
    if (ddl == null) {
      return false;
    }
    WorkingTables tables = new WorkingTables(histories, place, delivered, this::presentCharset);
    ddl.apply(tables);
    Map<TableName, TableHistory> changes = tables.changes();
    if (changes.isEmpty()) {
      return false;
    }
    save(place, changes);
    log.debug("Columns of {} from {} on: {}", changes.keySet(), place, statement.brief());
    return true;
  }

  private String presentCharset(String schema, BinlogPosition place) {
    TableName name = TableName.ofSchema(schema);
    Present present = server().read(name);
    String charset = present == null ? null : present.definition().charset();
    if (present == null || charset == null) {
      throw new DdlException("information_schema does not show the schema " + schema);
    }
    if (server().firstEnding(name, place, present) != null) {
      throw new DdlException("the default character set of " + schema + " was changed since");
    }
    TableState read = TableState.read(present.definition());
    TableHistory history = histories.of(name).with(new TableVersion(place, true, read));
    save(place, Map.of(name, history));
    return charset;
  }

  private void save(BinlogPosition place, Map<TableName, TableHistory> changes) {
    CatalogueHead now = Objects.requireNonNull(head, "The catalogue has not begun");
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
