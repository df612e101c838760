package io.binlogbroker.broker.relay;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.RowPlan;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.SchemaException;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.broker.catalogue.ParkedTables;
import io.binlogbroker.broker.catalogue.Place;
import io.binlogbroker.broker.format.ChangeContext;
import io.binlogbroker.broker.format.FormatException;
import io.binlogbroker.broker.format.MessageFormat;
import io.binlogbroker.broker.format.MessageFormat.Operation;
import io.binlogbroker.broker.format.PartitionKey;
import io.binlogbroker.broker.relay.Message.Half;
import io.binlogbroker.broker.route.Route;
import io.binlogbroker.broker.route.Routes;
import io.binlogbroker.broker.route.TopicNameException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into messages: looks up the route of their table, writes them, hands them to the sink.
 * Belongs to the relay thread.
 */
public final class RowDelivery {
  private final Routes routes;
  private final MessageFormat format;
  private final StatementChanges statements;
  private final ParkedTables parked;
  private final ChangeContext context;
  private final LongAdder withoutKey = new LongAdder();

  /** Of each table, for as long as the source remembers it; empty for one that is not delivered. */
  private final Map<TableMap, Optional<Table>> tables = new WeakHashMap<>();

  private @Nullable TableMap lastMap;
  private @Nullable Table lastTable;
  private @Nullable Rows rows;
  private int firstRow;

  public RowDelivery(
      String group,
      Routes routes,
      MessageFormat format,
      StatementChanges statements,
      ParkedTables parked) {
    this.routes = routes;
    this.statements = statements;
    this.parked = parked;
    this.format = format;
    this.context = new ChangeContext(group);
  }

  void begin(SourceTransaction transaction) {
    context.begin(
        transaction.gtid(),
        transaction.serverId(),
        transaction.file(),
        transaction.committedMillis());
  }

  /** Takes up a change without rows, which cannot be delivered. */
  void judge(StatementChange change) {
    statements.judge(change, routes);
  }

  /**
   * Takes up a rows event.
   *
   * @return whether its table is delivered; if not, its rows need not be read
   */
  boolean accept(Rows rows, long offset, int firstRow) {
    if (rows.table() != lastMap) {
      lastMap = rows.table();
      lastTable = table(rows, offset);
    }
    this.rows = rows;
    this.firstRow = firstRow;
    context.at(offset);
    if (lastTable == null && !parked.isEmpty()) {
      countIfParked(rows, offset);
    }
    return lastTable != null;
  }

  private void countIfParked(Rows rows, long offset) {
    TableMap map = rows.table();
    if (parked.holds(map.schema(), map.table(), new Place(context.file(), offset))) {
      parked.missed(rows.skip());
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
    Place place = new Place(context.file(), offset);
    try {
      Route route = routes.find(map.schema(), map.table());
      RowPlan plan = route == null ? null : plan(rows, map, place);
      return route == null || plan == null
          ? null
          : new Table(route.topic(), plan, key(route, plan));
    } catch (TopicNameException | FormatException e) {
      throw RelayException.fatal(ExitCode.CONFIG, String.valueOf(e.getMessage()), e);
    }
  }

  /** Null for a parked table's. */
  private @Nullable RowPlan plan(Rows rows, TableMap map, Place place) {
    if (parked.holds(map.schema(), map.table(), place)) {
      return null;
    }
    try {
      return rows.plan();
    } catch (SchemaException e) {
      parked.park(map.schema(), map.table(), place, e);
      return null;
    }
  }

  private PartitionKey key(Route route, RowPlan plan) {
    return switch (route.key().kind()) {
      case TABLE_NAME -> PartitionKey.ofTableName(plan);
      case PRIMARY_KEY -> PartitionKey.ofPrimaryKey(plan, withoutKey);
      case COLUMNS -> PartitionKey.ofColumns(plan, route.key().columns(), withoutKey);
    };
  }

  /**
   * Delivers the row that the accepted rows stand at.
   *
   * @return bytes of the messages
   */
  long deliver(ChangeSink sink, long nowMillis) {
    Table table = Objects.requireNonNull(lastTable, "The rows were not accepted");
    Rows row = Objects.requireNonNull(rows);
    try {
      return switch (row.action()) {
        case INSERT -> whole(sink, table, Operation.INSERT, null, row.after(), nowMillis);
        case DELETE -> whole(sink, table, Operation.DELETE, row.before(), null, nowMillis);
        case UPDATE -> update(sink, table, row.before(), row.after(), nowMillis);
      };
    } catch (FormatException e) {
      throw RelayException.fatal(ExitCode.SOURCE_DATA, String.valueOf(e.getMessage()), e);
    }
  }

  private long update(
      ChangeSink sink, Table table, RowImage before, RowImage after, long nowMillis) {
    if (table.key.changed(before, after)) {
      return move(sink, table, before, after, nowMillis);
    }
    byte[] value = write(table, Operation.UPDATE, before, after, nowMillis);
    return send(sink, Message.of(table.topic, table.key.of(after, before), value, place()));
  }

  private long whole(
      ChangeSink sink,
      Table table,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      long nowMillis) {
    RowImage image = Objects.requireNonNull(after == null ? before : after);
    byte[] value = write(table, operation, before, after, nowMillis);
    return send(sink, Message.of(table.topic, table.key.of(image), value, place()));
  }

  /** An update that changes the key leaves the old key and arrives at the new one. */
  private long move(ChangeSink sink, Table table, RowImage before, RowImage after, long nowMillis) {
    byte[] oldKey = table.key.of(before);
    byte[] newKey = table.key.of(after, before);
    byte[] leaves = write(table, Operation.DELETE, before, null, nowMillis);
    byte[] arrives = write(table, Operation.INSERT, null, after, nowMillis);
    RowPlace place = place();
    return send(sink, new Message(table.topic, oldKey, leaves, newKey, Half.LEAVES, place))
        + send(sink, new Message(table.topic, newKey, arrives, oldKey, Half.ARRIVES, place));
  }

  private byte[] write(
      Table table,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      long nowMillis) {
    return format.write(table.plan, context, row(), operation, before, after, nowMillis);
  }

  private int row() {
    return firstRow + Objects.requireNonNull(rows).index();
  }

  private RowPlace place() {
    TableMap map = Objects.requireNonNull(lastMap);
    return new RowPlace(map.schema(), map.table(), row(), context.file(), context.offset());
  }

  private static long send(ChangeSink sink, Message message) {
    sink.send(message);
    return message.bytes();
  }

  private record Table(String topic, RowPlan plan, PartitionKey key) {}
}
