package io.binlogbroker.engine.format.debezium;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.Header;
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
 * Writes each change as Debezium does by default, and a tombstone after each delete. Reuses one
 * buffer; belongs to the relay thread.
 */
public final class DebeziumFormat implements MessageFormat {
  /** On the delete message of a key change, in addition to {@link Header#NEW_KEY}. */
  static final String NEW_KEY = "__debezium.newkey";

  /** On the insert message of a key change, in addition to {@link Header#OLD_KEY}. */
  static final String OLD_KEY = "__debezium.oldkey";

  private static final byte[] OF_SNAPSHOT = OutputBuffer.ascii(",\"snapshot\":\"true\"");
  private static final byte[] LAST_OF_SNAPSHOT = OutputBuffer.ascii(",\"snapshot\":\"last\"");
  private static final byte[] BEFORE = OutputBuffer.ascii("{\"before\":");
  private static final byte[] AFTER = OutputBuffer.ascii(",\"after\":");
  private static final byte[] ROW = OutputBuffer.ascii(",\"row\":");
  private static final byte[] INSERT = closing("c");
  private static final byte[] UPDATE = closing("u");
  private static final byte[] DELETE = closing("d");
  private static final byte[] READ = closing("r");
  private static final byte[] MICROS = OutputBuffer.ascii(",\"ts_us\":");
  private static final byte[] NANOS = OutputBuffer.ascii("000,\"ts_ns\":");
  private static final byte[] END = OutputBuffer.ascii("000000}");
  private static final byte[] NULL = OutputBuffer.ascii("null");
  private static final RowPlan NO_TABLE = new RowPlan("", "", List.of(), List.of());

  private final OutputBuffer out = new OutputBuffer();
  private final PlanCache<DebeziumTable> tables = new PlanCache<>(DebeziumTable::new);
  private final DebeziumSource source = new DebeziumSource();
  private final JsonMembers members = new JsonMembers(out);
  private final DebeziumCellSink cells = new DebeziumCellSink(out, new JsonTable(NO_TABLE));

  @Override
  public void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink outlet) {
    Address address = to.headers().isEmpty() ? to : withItsHeaders(to);
    outlet.send(address, message(tables.get(plan), context, operation, before, after));
    if (operation == Operation.DELETE) {
      outlet.send(address, null);
    }
  }

  @Override
  public byte[] lastOfSnapshot(byte[] message) {
    return MarkedLast.of(message, OF_SNAPSHOT, LAST_OF_SNAPSHOT);
  }

  @Override
  public CellFinder cells() {
    return JsonCells::of;
  }

  private static Address withItsHeaders(Address to) {
    Address more = to;
    for (Header header : to.headers()) {
      if (header.name().equals(Header.NEW_KEY)) {
        more = more.with(new Header(NEW_KEY, header.value()));
      }
      if (header.name().equals(Header.OLD_KEY)) {
        more = more.with(new Header(OLD_KEY, header.value()));
      }
    }
    return more;
  }

  private byte[] message(
      DebeziumTable table,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after) {
    cells.setTable(table.columns());
    out.clear();
    out.put(BEFORE);
    image(before);
    out.put(AFTER);
    image(after);
    source(context, table);
    out.put(closing(operation));
    out.number(context.writtenMillis());
    out.put(MICROS);
    out.number(context.writtenMillis());
    out.put(NANOS);
    out.number(context.writtenMillis());
    out.put(END);
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

  private void source(ChangeContext context, DebeziumTable table) {
    source.of(context);
    out.put(source.opening());
    out.put(table.schema());
    out.put(source.times());
    out.put(table.table());
    out.put(source.place());
    out.number(context.offset());
    out.put(ROW);
    out.number(context.row());
  }

  private static byte[] closing(String op) {
    return OutputBuffer.ascii(
        ",\"thread\":null,\"query\":null},\"transaction\":null,\"op\":\"" + op + "\",\"ts_ms\":");
  }

  private static byte[] closing(Operation operation) {
    return switch (operation) {
      case INSERT -> INSERT;
      case UPDATE -> UPDATE;
      case DELETE -> DELETE;
      case READ -> READ;
    };
  }
}
