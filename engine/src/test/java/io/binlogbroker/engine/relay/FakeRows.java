package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Checksum;

/** The rows of a scripted rows event. */
public final class FakeRows implements Rows {
  private static final int ROW_BYTES = 3 * Long.BYTES;

  private final ScriptedEvent event;
  private int index = -1;

  FakeRows(ScriptedEvent event) {
    this.event = event;
  }

  @Override
  public TableMap table() {
    return event.table().map();
  }

  @Override
  public Action action() {
    return event.action();
  }

  @Override
  public RowPlan plan() {
    return event.table().plan();
  }

  @Override
  public boolean next() {
    if (index + 1 >= event.rows().size()) {
      return false;
    }
    index++;
    return true;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public int skip() {
    int left = event.rows().size() - 1 - index;
    index += left;
    return left;
  }

  @Override
  public int bytes() {
    return event.rows().size() * ROW_BYTES;
  }

  @Override
  public int bytesRead() {
    return (index + 1) * ROW_BYTES;
  }

  @Override
  public void feed(Checksum sum, int from, int to) {
    byte[] all = bytesOf(event.rows());
    sum.update(all, from, to - from);
  }

  private static byte[] bytesOf(List<ScriptedEvent.Row> rows) {
    ByteBuffer bytes = ByteBuffer.allocate(rows.size() * ROW_BYTES);
    rows.forEach(row -> bytes.putLong(row.id()).putLong(row.user()).putLong(row.userBefore()));
    return bytes.array();
  }

  @Override
  public RowImage before() {
    ScriptedEvent.Row row = event.rows().get(index);
    return new Image(event.table().plan(), List.of(row.id(), row.userBefore()));
  }

  @Override
  public RowImage after() {
    ScriptedEvent.Row row = event.rows().get(index);
    return new Image(event.table().plan(), List.of(row.id(), row.user()));
  }

  private record Image(RowPlan plan, List<Long> values) implements RowImage {
    @Override
    public boolean has(int column) {
      return true;
    }

    @Override
    public boolean isNull(int column) {
      return false;
    }

    @Override
    public void cells(CellSink sink) {
      plan.columns().forEach(column -> cell(column.index(), sink));
    }

    @Override
    public void cell(int column, CellSink sink) {
      sink.integer(plan.columns().get(column), values.get(column));
    }

    @Override
    public boolean sameCell(int column, RowImage other) {
      return values.get(column).equals(((Image) other).values.get(column));
    }

    @Override
    public String toString() {
      return values.get(0) + "/" + values.get(1);
    }
  }
}
