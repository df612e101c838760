package io.binlogbroker.engine.format.maxwell;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.LogNumber;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.PlanCache;
import io.binlogbroker.engine.format.UpdatedRow;
import io.binlogbroker.engine.format.cell.JsonMembers;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.trim.CellFinder;
import io.binlogbroker.engine.format.trim.JsonCells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each change as Maxwell does. A change is buffered until the next one or the end of its
 * transaction, because the last one of a transaction is marked; rows of a snapshot belong to no
 * transaction. Reuses buffers; belongs to the relay thread.
 */
public final class MaxwellFormat implements MessageFormat {
  private static final byte[] TYPE = OutputBuffer.ascii(",\"type\":\"");
  private static final byte[] TIME = OutputBuffer.ascii("\",\"ts\":");
  private static final byte[] TRANSACTION = OutputBuffer.ascii(",\"xid\":");
  private static final byte[] OFFSET = OutputBuffer.ascii(",\"xoffset\":");
  private static final byte[] LAST = OutputBuffer.ascii(",\"commit\":true");
  private static final byte[] DATA = OutputBuffer.ascii(",\"data\":");
  private static final byte[] OLD = OutputBuffer.ascii(",\"old\":");
  private static final byte[] INSERT = OutputBuffer.ascii("insert");
  private static final byte[] UPDATE = OutputBuffer.ascii("update");
  private static final byte[] DELETE = OutputBuffer.ascii("delete");
  private static final byte[] READ = OutputBuffer.ascii("bootstrap-insert");
  private static final byte[] BEGIN = OutputBuffer.ascii("bootstrap-start");
  private static final byte[] COMPLETE = OutputBuffer.ascii("bootstrap-complete");
  private static final byte[] NO_DATA = OutputBuffer.ascii(",\"data\":{}}");
  private static final RowPlan NO_TABLE = new RowPlan("", "", List.of(), List.of());

  private final PlanCache<JsonTable> tables = new PlanCache<>(JsonTable::withQuotedLabels);
  private final OutputBuffer head = new OutputBuffer();
  private final OutputBuffer row = new OutputBuffer();
  private final OutputBuffer message = new OutputBuffer();
  private final JsonMembers members = new JsonMembers(row);
  private final MaxwellCellSink cells = new MaxwellCellSink(row, new JsonTable(NO_TABLE));
  private @Nullable Address held;
  private long transaction = -1;
  private long number;

  @Override
  public void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    release(out);
    head(tables.get(plan), context, word(operation));
    row.clear();
    row.put(DATA);
    data(plan, before, after);
    if (before != null && after != null) {
      old(plan, before, after);
    }
    if (operation == Operation.READ) {
      message.clear();
      message.put(head);
      send(to, out);
      return;
    }
    putTransaction(LogNumber.of(context.file(), context.start()));
    held = to;
  }

  private void head(JsonTable table, ChangeContext context, byte[] type) {
    cells.setTable(table);
    head.clear();
    head.put(table.database());
    head.put(TYPE);
    head.put(type);
    head.put(TIME);
    head.number(context.committedMillis() / 1000);
  }

  /**
   * Writes the transaction, whose rows are numbered from 0. The previous transaction may have ended
   * with rows in another format.
   */
  private void putTransaction(long xid) {
    if (xid != transaction) {
      transaction = xid;
      number = 0;
    }
    head.put(TRANSACTION);
    head.number(xid);
  }

  private void data(RowPlan plan, @Nullable RowImage before, @Nullable RowImage after) {
    members.open();
    if (after == null && before != null) {
      before.cells(cells);
    } else if (before == null && after != null) {
      after.cells(cells);
    } else if (before != null && after != null) {
      UpdatedRow.now(plan, before, after, cells);
    }
    members.close();
  }

  private void old(RowPlan plan, RowImage before, RowImage after) {
    int length = row.length();
    row.put(OLD);
    members.open();
    UpdatedRow.old(plan, before, after, cells);
    if (members.isEmpty()) {
      row.truncate(length);
      return;
    }
    members.close();
  }

  @Override
  public boolean isHolding() {
    return held != null;
  }

  @Override
  public void release(MessageSink out) {
    finish(out, false);
  }

  @Override
  public void endTransaction(MessageSink out) {
    finish(out, true);
  }

  private void finish(MessageSink out, boolean last) {
    Address to = held;
    if (to == null) {
      return;
    }
    message.clear();
    message.put(head);
    if (last) {
      message.put(LAST);
    } else {
      message.put(OFFSET);
      message.number(number);
    }
    number++;
    held = null;
    send(to, out);
  }

  /** Sends the buffered message, which is written up to its row. */
  private void send(Address to, MessageSink out) {
    message.put(row);
    message.put('}');
    out.send(to, message.toBytes());
  }

  @Override
  public void beginSnapshot(RowPlan plan, ChangeContext context, Address to, MessageSink out) {
    sendWithoutRow(plan, context, BEGIN, to, out);
  }

  @Override
  public void endSnapshot(RowPlan plan, ChangeContext context, Address to, MessageSink out) {
    sendWithoutRow(plan, context, COMPLETE, to, out);
  }

  private void sendWithoutRow(
      RowPlan plan, ChangeContext context, byte[] type, Address to, MessageSink out) {
    release(out);
    head(tables.get(plan), context, type);
    message.clear();
    message.put(head);
    message.put(NO_DATA);
    out.send(to, message.toBytes());
  }

  @Override
  public void discard() {
    held = null;
    number = 0;
  }

  @Override
  public CellFinder cells() {
    return JsonCells::of;
  }

  private static byte[] word(Operation operation) {
    return switch (operation) {
      case INSERT -> INSERT;
      case UPDATE -> UPDATE;
      case DELETE -> DELETE;
      case READ -> READ;
    };
  }
}
