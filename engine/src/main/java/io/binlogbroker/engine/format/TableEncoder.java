package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.route.KeyRule;
import io.binlogbroker.engine.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows of one table as its route requires: topic, key, format, and the columns that are
 * shown. Belongs to the thread of its format.
 */
public final class TableEncoder {
  private static final List<Integer> NONE = List.of();

  private final RowPlan plan;
  private final MessageFormat format;
  private final Destination destination;
  private final PartitionKey key;
  private final @Nullable Projection projection;
  private final boolean tombstones;

  /**
   * @param withoutKey counts the rows whose key is the table's name because theirs is NULL
   * @throws FormatException if the table does not have the columns that the route names
   */
  public TableEncoder(Route route, RowPlan plan, MessageFormat format, Counter withoutKey) {
    this.plan = plan;
    this.format = format;
    this.key = key(route, plan, format, withoutKey);
    this.destination = new Destination(route.topic(), format.cells());
    this.projection = route.cells().isNone() ? null : new Projection(plan, route.cells());
    // Without a primary key, all rows have the same key.
    this.tombstones = route.tombstones() && !plan.primaryKey().isEmpty();
  }

  private static PartitionKey key(
      Route route, RowPlan plan, MessageFormat format, Counter withoutKey) {
    for (int column : route.key().kind() == KeyRule.Kind.PRIMARY_KEY ? plan.primaryKey() : NONE) {
      String name = plan.columns().get(column).name();
      if (route.cells().isHidden(name)) {
        throw new FormatException(
            "Key of %s.%s is the primary key, whose column %s is hidden by Columns or Mask: the key would reveal it. Correct the table's rule."
                .formatted(plan.schema(), plan.table(), name));
      }
    }
    List<Integer> columns = KeyColumns.of(plan, route.key());
    return new PartitionKey(columns, format.keys(plan, columns), withoutKey);
  }

  public MessageFormat format() {
    return format;
  }

  public PartitionKey key() {
    return key;
  }

  /** The address of a message for a row. */
  public Address to(byte[] rowKey, RowPlace place) {
    return Address.of(destination, rowKey, place);
  }

  /** The address of a message for a row that no longer exists under the key. */
  public Address toDeleted(byte[] rowKey, RowPlace place) {
    Address to = to(rowKey, place);
    return tombstones ? to.withTombstone() : to;
  }

  /** Writes what announces the rows of a snapshot, as {@link MessageFormat#beginSnapshot}. */
  public void beginSnapshot(ChangeContext context, MessageSink out) {
    format.beginSnapshot(plan, context, toTable(), out);
  }

  /** Writes what follows the rows of a snapshot, as {@link MessageFormat#endSnapshot}. */
  public void endSnapshot(ChangeContext context, MessageSink out) {
    format.endSnapshot(plan, context, toTable(), out);
  }

  private Address toTable() {
    return Address.of(destination, key.ofTable(), null);
  }

  /** Writes or buffers one change, as {@link MessageFormat#write}. */
  public void write(
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    Projection shown = projection;
    if (shown == null) {
      format.write(plan, context, operation, before, after, to, out);
      return;
    }
    RowImage shownBefore = shown.before(before);
    RowImage shownAfter = shown.after(after);
    format.write(shown.shown(), context, operation, shownBefore, shownAfter, to, out);
  }
}
