package io.binlogbroker.engine.format.msgpack;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.PlanCache;
import io.binlogbroker.engine.format.RowGroup;
import io.binlogbroker.engine.format.RowGroups;
import io.binlogbroker.engine.format.cell.Msgpack;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.trim.CellFinder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one event and key as one MessagePack map, for the Go consumers of the original
 * binlogbroker. Reuses buffers; belongs to the relay thread.
 */
public final class MsgpackFormat implements MessageFormat {
  private static final RowPlan NO_TABLE = new RowPlan("", "", List.of(), List.of());

  private final PlanCache<byte[][]> heads = new PlanCache<>(MsgpackFormat::heads);
  private final RowGroups groups = new RowGroups();
  private final OutputBuffer row = new OutputBuffer();
  private final OutputBuffer none = new OutputBuffer(0);
  private final OutputBuffer message = new OutputBuffer();
  private final MsgpackCellSink cells = new MsgpackCellSink(row, NO_TABLE);
  private RowPlan plan = NO_TABLE;
  private Operation operation = Operation.INSERT;

  /** The start of the map up to the rows, by operation. */
  private static byte[][] heads(RowPlan plan) {
    return Arrays.stream(Operation.values())
        .map(operation -> head(plan, action(operation)))
        .toArray(byte[][]::new);
  }

  private static String action(Operation operation) {
    return switch (operation) {
      // The original binlogbroker had no snapshots: its consumers expect an insert for such a row.
      case INSERT, READ -> "insert";
      case UPDATE -> "update";
      case DELETE -> "delete";
    };
  }

  private static byte[] head(RowPlan plan, String action) {
    OutputBuffer out = new OutputBuffer();
    Msgpack head = new Msgpack(out);
    head.map(5);
    head.string("Action");
    head.string(action);
    head.string("Schema");
    head.string(plan.schema());
    head.string("Table");
    head.string(plan.table());
    head.string("Columns");
    head.array(plan.columns().size());
    for (Column column : plan.columns()) {
      head.string(column.name());
    }
    head.string("Rows");
    return out.toBytes();
  }

  // Plans are compared by identity, as everywhere.
  @Override
  @SuppressWarnings("ReferenceEquality")
  public void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    if (plan != this.plan || operation != this.operation) {
      release(out);
      this.plan = plan;
      this.operation = operation;
    }
    row.clear();
    image(before);
    image(after);
    if (groups.exceedsLimit(row.length())) {
      release(out);
    }
    groups.add(to, row, none);
  }

  private void image(@Nullable RowImage image) {
    if (image != null) {
      cells.row(plan, image);
    }
  }

  @Override
  public void endEvent(MessageSink out) {
    release(out);
  }

  @Override
  public void release(MessageSink out) {
    groups.drain(group -> out.send(group.to(), message(group)));
  }

  private byte[] message(RowGroup group) {
    message.clear();
    message.put(heads.get(plan)[operation.ordinal()]);
    new Msgpack(message).array(operation == Operation.UPDATE ? 2 * group.count() : group.count());
    message.put(group.rows());
    return message.toBytes();
  }

  @Override
  public boolean isHolding() {
    return !groups.isEmpty();
  }

  @Override
  public void discard() {
    groups.clear();
  }

  @Override
  public CellFinder cells() {
    return MsgpackCells::of;
  }
}
