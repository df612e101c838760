package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.RowPlace;
import io.binlogbroker.engine.format.TableEncoder;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.TopicNameException;
import io.binlogbroker.engine.schema.catalogue.ParkedTables;
import io.binlogbroker.engine.source.DdlChange;
import io.binlogbroker.engine.source.SourceTransaction;
import io.binlogbroker.engine.source.StatementChange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into messages: looks up the route of their table, encodes them and passes them to the
 * sink. Belongs to the relay thread.
 */
public final class RowDelivery {
  private final Routes routes;
  private final Formats formats;
  private final StatementChanges statements;
  private final ParkedTables parked;
  private final DdlTopic ddl;
  private final ChangeContext context;
  private final RelayMetrics metrics;
  private final CountingSink counted = new CountingSink();

  /**
   * The delivered tables, as long as the source references them; empty for a table that is not
   * delivered.
   */
  private final Map<TableMap, Optional<Table>> tables = new WeakHashMap<>();

  private @Nullable TableMap lastMap;
  private @Nullable Table lastTable;
  private @Nullable Rows rows;
  private @Nullable MessageFormat writing;
  private int firstRow;

  public RowDelivery(
      String group,
      Routes routes,
      Formats formats,
      StatementChanges statements,
      ParkedTables parked,
      DdlTopic ddl) {
    this(group, routes, formats, statements, parked, ddl, RelayMetrics.none());
  }

  /** As the other constructor, with metrics. */
  public RowDelivery(
      String group,
      Routes routes,
      Formats formats,
      StatementChanges statements,
      ParkedTables parked,
      DdlTopic ddl,
      RelayMetrics metrics) {
    this.metrics = metrics;
    this.routes = routes;
    this.statements = statements;
    this.parked = parked;
    this.formats = formats;
    this.ddl = ddl;
    this.context = new ChangeContext(group);
  }

  void begin(SourceTransaction transaction) {
    context.begin(
        transaction.gtid(),
        transaction.serverId(),
        transaction.file(),
        transaction.offset(),
        transaction.committedMillis());
  }

  /** Handles a change in statement format, which cannot be delivered. */
  void handle(StatementChange change) {
    statements.handle(change, routes);
  }

  /** Delivers DDL, if there is a topic for it. */
  void deliverDdl(DdlChange change, MessageSink out, long nowMillis) {
    ddl.write(change, routes, out, nowMillis);
  }

  /** Delivers a gap, if there is a topic for it. */
  void deliverGap(Gap gap, MessageSink out, long nowMillis) {
    ddl.write(gap, out, nowMillis);
  }

  /**
   * Accepts a rows event.
   *
   * @return whether its table is delivered; if not, its rows need not be read
   */
  boolean accept(Rows rows, long offset, int firstRow) {
    if (rows.table() != lastMap) {
      lastMap = rows.table();
      lastTable = table(rows, offset);
    }
    if (lastTable != null && !isReadable(rows, offset)) {
      lastTable = null;
    }
    this.rows = rows;
    this.firstRow = firstRow;
    context.at(offset);
    if (lastTable == null && !parked.isEmpty()) {
      countIfParked(rows, offset);
    }
    return lastTable != null;
  }

  /**
   * Whether the event can be decoded: it may need more columns of its table than earlier ones.
   * False when the table is parked.
   */
  private boolean isReadable(Rows rows, long offset) {
    TableMap map = rows.table();
    try {
      rows.plan();
      return true;
    } catch (SchemaException e) {
      parked.park(map.schema(), map.table(), new BinlogPosition(context.file(), offset), e);
      tables.put(map, Optional.empty());
      return false;
    }
  }

  private void countIfParked(Rows rows, long offset) {
    TableMap map = rows.table();
    if (parked.contains(map.schema(), map.table(), new BinlogPosition(context.file(), offset))) {
      // Rows that cannot be counted count as one.
      parked.missed(map.tellsLengths() ? rows.skip() : 1);
    }
  }

  private @Nullable Table table(Rows rows, long offset) {
    TableMap map = rows.table();
    Optional<Table> known = tables.get(map);
    if (known == null) {
      known = Optional.ofNullable(find(rows, map, offset));
      tables.put(map, known);
    }
    return known.orElse(null);
  }

  private @Nullable Table find(Rows rows, TableMap map, long offset) {
    BinlogPosition place = new BinlogPosition(context.file(), offset);
    try {
      Route route = routes.find(map.schema(), map.table());
      RowPlan plan = route == null ? null : plan(rows, map, place);
      if (route == null || plan == null) {
        return null;
      }
      return new Table(
          new TableEncoder(route, plan, formats.writer(route.format()), metrics.withoutKey()),
          metrics.table(map.schema(), map.table()));
    } catch (TopicNameException | FormatException e) {
      throw DeliveryException.fatal(FailureKind.CONFIGURATION, String.valueOf(e.getMessage()), e);
    }
  }

  /** The columns of the rows; null when the table is parked. */
  private @Nullable RowPlan plan(Rows rows, TableMap map, BinlogPosition place) {
    if (parked.contains(map.schema(), map.table(), place)) {
      return null;
    }
    try {
      return rows.plan();
    } catch (SchemaException e) {
      parked.park(map.schema(), map.table(), place, e);
      return null;
    }
  }

  /**
   * Delivers the current row of the accepted event, or buffers it until a later row or one of the
   * calls below.
   */
  void deliver(MessageSink out, long nowMillis) {
    Table table = Objects.requireNonNull(lastTable, "The rows were not accepted");
    Rows row = Objects.requireNonNull(rows);
    context.row(firstRow + row.index(), nowMillis);
    table.metrics.rows(row.action()).increment();
    try {
      writeWith(table.encoder.format(), out);
      MessageSink sink = counted.of(table.metrics.bytes(row.action()), out);
      switch (row.action()) {
        case INSERT -> insert(table.encoder, row.after(), sink);
        case DELETE -> delete(table.encoder, row.before(), sink);
        case UPDATE -> update(table.encoder, row.before(), row.after(), sink);
      }
    } catch (FormatException e) {
      throw DeliveryException.fatal(FailureKind.SOURCE_DATA, String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes with a format; changes that another format has buffered are written first. */
  private void writeWith(MessageFormat format, MessageSink out) {
    if (format != writing) {
      release(out);
      writing = format;
    }
  }

  private void insert(TableEncoder table, RowImage after, MessageSink out) {
    Address to = table.to(table.key().of(after), place());
    table.write(context, Operation.INSERT, null, after, to, out);
  }

  private void delete(TableEncoder table, RowImage before, MessageSink out) {
    Address to = table.toDeleted(table.key().of(before), place());
    table.write(context, Operation.DELETE, before, null, to, out);
  }

  private void update(TableEncoder table, RowImage before, RowImage after, MessageSink out) {
    if (table.key().changed(before, after)) {
      move(table, before, after, out);
      return;
    }
    Address to = table.to(table.key().of(after, before), place());
    table.write(context, Operation.UPDATE, before, after, to, out);
  }

  /**
   * Writes an update that changes the key as a delete under the old key and an insert under the new
   * one.
   */
  private void move(TableEncoder table, RowImage before, RowImage after, MessageSink out) {
    byte[] oldKey = table.key().of(before);
    byte[] newKey = table.key().of(after, before);
    Address oldAddress = table.toDeleted(oldKey, place()).with(new Header(Header.NEW_KEY, newKey));
    Address newAddress = table.to(newKey, place()).with(new Header(Header.OLD_KEY, oldKey));
    table.write(context, Operation.DELETE, before, null, oldAddress, out);
    table.write(context, Operation.INSERT, null, after, newAddress, out);
  }

  private RowPlace place() {
    TableMap map = Objects.requireNonNull(lastMap);
    return new RowPlace(map.schema(), map.table(), context.row(), context.file(), context.offset());
  }

  /** All rows of the accepted event are delivered. */
  void endEvent(MessageSink out) {
    if (writing != null) {
      writing.endEvent(counted.to(out));
    }
  }

  /** The transaction ends. */
  void endTransaction(MessageSink out) {
    if (writing != null) {
      writing.endTransaction(counted.to(out));
    }
  }

  /** Writes the buffered changes, in the middle of a transaction. */
  void release(MessageSink out) {
    if (writing != null) {
      writing.release(counted.to(out));
    }
  }

  boolean isHolding() {
    return writing != null && writing.isHolding();
  }

  /** Discards the buffered changes, which were rolled back. */
  void discard() {
    if (writing != null) {
      writing.discard();
    }
  }

  /** A table that is delivered. */
  private record Table(TableEncoder encoder, TableMetrics metrics) {}
}
