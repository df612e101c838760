package io.binlogbroker.engine.format.canal;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.LogNumber;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.PlanCache;
import io.binlogbroker.engine.format.RowGroup;
import io.binlogbroker.engine.format.RowGroups;
import io.binlogbroker.engine.format.UpdatedRow;
import io.binlogbroker.engine.format.cell.JsonMembers;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.trim.CellFinder;
import io.binlogbroker.engine.format.trim.JsonCells;
import io.binlogbroker.engine.model.FormatOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one event and key as one flat message of Canal. Reuses buffers; belongs to the
 * relay thread.
 */
public final class CanalFormat implements MessageFormat {
  private static final byte[] DATA = OutputBuffer.ascii("{\"data\":[");
  private static final byte[] GTID = OutputBuffer.ascii(",\"gtid\":");
  private static final byte[] NO_GTID = OutputBuffer.ascii("\"\"");
  private static final byte[] ID = OutputBuffer.ascii(",\"id\":");
  private static final byte[] NULL = OutputBuffer.ascii("null");
  private static final byte[] INSERT = closing("INSERT");
  private static final byte[] UPDATE = closing("UPDATE");
  private static final byte[] DELETE = closing("DELETE");
  private static final RowPlan NO_TABLE = new RowPlan("", "", List.of(), List.of());

  private final PlanCache<CanalTable> tables = new PlanCache<>(CanalTable::new);
  private final RowGroups groups = new RowGroups();
  private final OutputBuffer row = new OutputBuffer();
  private final OutputBuffer old = new OutputBuffer();
  private final OutputBuffer message = new OutputBuffer();
  private final CanalCellSink cells;
  private final CanalCellSink oldCells;
  private final JsonMembers members = new JsonMembers(row);
  private final JsonMembers oldMembers = new JsonMembers(old);
  private RowPlan plan = NO_TABLE;
  private Operation operation = Operation.INSERT;
  private @Nullable ChangeContext context;

  public CanalFormat(FormatOptions options) {
    JsonTable nothing = new JsonTable(NO_TABLE);
    boolean labelsAsNumbers = options.canalEnumAsNumber();
    cells = new CanalCellSink(row, nothing, labelsAsNumbers);
    oldCells = new CanalCellSink(old, nothing, labelsAsNumbers);
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
    this.context = context;
    row(tables.get(plan).columns(), before, after);
    if (groups.exceedsLimit(row.length() + old.length())) {
      release(out);
    }
    groups.add(to, row, old);
  }

  /** Writes a row, with a comma before it. */
  private void row(JsonTable table, @Nullable RowImage before, @Nullable RowImage after) {
    row.clear();
    old.clear();
    cells.setTable(table);
    row.put(',');
    members.open();
    if (before != null && after != null) {
      UpdatedRow.now(plan, before, after, cells);
      old(table, before, after);
    } else if (after != null) {
      after.cells(cells);
    } else if (before != null) {
      before.cells(cells);
    }
    members.close();
  }

  private void old(JsonTable table, RowImage before, RowImage after) {
    oldCells.setTable(table);
    old.put(',');
    oldMembers.open();
    UpdatedRow.old(plan, before, after, oldCells);
    oldMembers.close();
  }

  @Override
  public void endEvent(MessageSink out) {
    release(out);
  }

  @Override
  public void release(MessageSink out) {
    ChangeContext origin = context;
    if (origin != null) {
      groups.drain(group -> out.send(group.to(), message(group, origin)));
    }
  }

  private byte[] message(RowGroup group, ChangeContext origin) {
    CanalTable table = tables.get(plan);
    message.clear();
    message.put(DATA);
    message.putFrom(group.rows(), 1);
    message.put(table.database());
    message.number(origin.committedMillis());
    message.put(GTID);
    message.put(gtid(origin));
    message.put(ID);
    message.number(LogNumber.of(origin.file(), origin.offset()));
    message.put(table.types());
    old(group.olds());
    message.put(table.primaryKey());
    message.put(table.sqlTypes());
    message.number(origin.writtenMillis());
    message.put(closing(operation));
    return message.toBytes();
  }

  private static byte[] gtid(ChangeContext origin) {
    String gtid = origin.gtid();
    return gtid == null ? NO_GTID : JsonTable.bytes(JsonTable.quoted(gtid));
  }

  private void old(OutputBuffer olds) {
    if (operation != Operation.UPDATE) {
      message.put(NULL);
      return;
    }
    message.put('[');
    message.putFrom(olds, 1);
    message.put(']');
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
    return JsonCells::of;
  }

  private static byte[] closing(String type) {
    return OutputBuffer.ascii(",\"type\":\"" + type + "\"}");
  }

  private static byte[] closing(Operation operation) {
    return switch (operation) {
      // Canal has no snapshots: its consumers expect an insert for such a row.
      case INSERT, READ -> INSERT;
      case UPDATE -> UPDATE;
      case DELETE -> DELETE;
    };
  }
}
