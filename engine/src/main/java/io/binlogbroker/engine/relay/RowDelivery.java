package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.Destination;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.format.KeyColumns;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.PartitionKey;
import io.binlogbroker.engine.format.Projection;
import io.binlogbroker.engine.format.RowPlace;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.route.KeyRule;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.TopicNameException;
import io.binlogbroker.engine.schema.catalogue.ParkedTables;
import io.binlogbroker.engine.source.DdlChange;
import io.binlogbroker.engine.source.SourceTransaction;
import io.binlogbroker.engine.source.StatementChange;
import java.util.List;
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
  private static final List<Integer> NONE = List.of();

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
      MessageFormat format = formats.writer(route.format());
      return new Table(
          route, plan, key(route, plan, format), format, metrics.table(map.schema(), map.table()));
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

  private PartitionKey key(Route route, RowPlan plan, MessageFormat format) {
    for (int column : route.key().kind() == KeyRule.Kind.PRIMARY_KEY ? plan.primaryKey() : NONE) {
      String name = plan.columns().get(column).name();
      if (route.cells().isHidden(name)) {
        throw new FormatException(
            "Key of %s.%s is the primary key, whose column %s is hidden by Columns or Mask: the key would reveal it. Correct the table's rule."
                .formatted(plan.schema(), plan.table(), name));
      }
    }
    List<Integer> columns = KeyColumns.of(plan, route.key());
    return new PartitionKey(columns, format.keys(plan, columns), metrics.withoutKey());
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
      writeWith(table.format, out);
      MessageSink sink = counted.of(table.metrics.bytes(row.action()), out);
      switch (row.action()) {
        case INSERT -> insert(table, row.after(), sink);
        case DELETE -> delete(table, row.before(), sink);
        case UPDATE -> update(table, row.before(), row.after(), sink);
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

  private void insert(Table table, RowImage after, MessageSink out) {
    write(table, Operation.INSERT, null, after, to(table, table.key.of(after)), out);
  }

  private void delete(Table table, RowImage before, MessageSink out) {
    write(table, Operation.DELETE, before, null, toDeleted(table, table.key.of(before)), out);
  }

  private void update(Table table, RowImage before, RowImage after, MessageSink out) {
    if (table.key.changed(before, after)) {
      move(table, before, after, out);
      return;
    }
    write(table, Operation.UPDATE, before, after, to(table, table.key.of(after, before)), out);
  }

  /**
   * Writes an update that changes the key as a delete under the old key and an insert under the new
   * one.
   */
  private void move(Table table, RowImage before, RowImage after, MessageSink out) {
    byte[] oldKey = table.key.of(before);
    byte[] newKey = table.key.of(after, before);
    Address oldAddress = toDeleted(table, oldKey).with(new Header(Header.NEW_KEY, newKey));
    Address newAddress = to(table, newKey).with(new Header(Header.OLD_KEY, oldKey));
    write(table, Operation.DELETE, before, null, oldAddress, out);
    write(table, Operation.INSERT, null, after, newAddress, out);
  }

  private void write(
      Table table,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    Projection shown = table.projection;
    if (shown == null) {
      table.format.write(table.plan, context, operation, before, after, to, out);
      return;
    }
    RowImage shownBefore = shown.before(before);
    RowImage shownAfter = shown.after(after);
    table.format.write(shown.shown(), context, operation, shownBefore, shownAfter, to, out);
  }

  /** The address of a message for a row that no longer exists under the key. */
  private Address toDeleted(Table table, byte[] key) {
    Address to = to(table, key);
    return table.tombstones ? to.withTombstone() : to;
  }

  private Address to(Table table, byte[] key) {
    TableMap map = Objects.requireNonNull(lastMap);
    RowPlace place =
        new RowPlace(map.schema(), map.table(), context.row(), context.file(), context.offset());
    return Address.of(table.destination, key, place);
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

  /**
   * A table that is delivered.
   *
   * @param projection null where its rows have no column filters or masks
   * @param tombstones whether deletes are followed by tombstones; not without a primary key, since
   *     all rows then have the same key
   */
  private record Table(
      Destination destination,
      RowPlan plan,
      PartitionKey key,
      MessageFormat format,
      @Nullable Projection projection,
      boolean tombstones,
      TableMetrics metrics) {
    Table(Route route, RowPlan plan, PartitionKey key, MessageFormat format, TableMetrics metrics) {
      this(
          new Destination(route.topic(), format.cells()),
          plan,
          key,
          format,
          route.cells().isNone() ? null : new Projection(plan, route.cells()),
          route.tombstones() && !plan.primaryKey().isEmpty(),
          metrics);
    }
  }
}
