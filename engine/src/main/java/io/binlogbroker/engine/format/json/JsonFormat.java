package io.binlogbroker.engine.format.json;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.PlanCache;
import io.binlogbroker.engine.format.cell.JsonMembers;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.MarkedLast;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.trim.CellFinder;
import io.binlogbroker.engine.format.trim.JsonCells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each change as one line of Debezium-shaped JSON with readable values. Reuses one buffer;
 * belongs to the relay thread.
 */
public final class JsonFormat implements MessageFormat {
  private static final byte[] OF_SNAPSHOT = OutputBuffer.ascii(",\"snapshot\":true}");
  private static final byte[] LAST_OF_SNAPSHOT =
      OutputBuffer.ascii(",\"snapshot\":true,\"last\":true}");
  private static final byte[] AFTER = OutputBuffer.ascii(",\"after\":");
  private static final byte[] ROW = OutputBuffer.ascii(",\"row\":");
  private static final byte[] NULL = OutputBuffer.ascii("null");
  private static final byte[] INSERT = opening("c");
  private static final byte[] UPDATE = opening("u");
  private static final byte[] DELETE = opening("d");
  private static final byte[] READ = opening("r");
  private static final RowPlan NO_TABLE = new RowPlan("", "", List.of(), List.of());

  private final OutputBuffer out = new OutputBuffer();
  private final PlanCache<JsonTable> tables = new PlanCache<>(JsonTable::new);
  private final JsonSource source = new JsonSource();
  private final JsonMembers members = new JsonMembers(out);
  private final JsonCellSink cells = new JsonCellSink(out, new JsonTable(NO_TABLE));

  @Override
  public void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    out.send(to, message(plan, context, operation, before, after));
  }

  @Override
  public byte[] lastOfSnapshot(byte[] message) {
    return MarkedLast.of(message, OF_SNAPSHOT, LAST_OF_SNAPSHOT);
  }

  @Override
  public CellFinder cells() {
    return JsonCells::of;
  }

  private byte[] message(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after) {
    JsonTable table = tables.get(plan);
    cells.setTable(table);
    out.clear();
    out.put(opening(operation));
    image(before);
    out.put(AFTER);
    image(after);
    source(context, table);
    out.number(context.writtenMillis());
    out.put('}');
    return out.toBytes();
  }

  private void image(@Nullable RowImage image) {
    if (image == null) {
      out.put(NULL);
      return;
    }
    members.open();
    image.cells(cells);
    members.close();
  }

  private void source(ChangeContext context, JsonTable table) {
    source.of(context);
    out.put(source.opening());
    out.put(table.identity());
    out.put(source.place());
    out.number(context.offset());
    out.put(ROW);
    out.number(context.row());
    out.put(source.closing());
  }

  private static byte[] opening(String op) {
    return OutputBuffer.ascii("{\"op\":\"" + op + "\",\"before\":");
  }

  private static byte[] opening(Operation operation) {
    return switch (operation) {
      case INSERT -> INSERT;
      case UPDATE -> UPDATE;
      case DELETE -> DELETE;
      case READ -> READ;
    };
  }
}
