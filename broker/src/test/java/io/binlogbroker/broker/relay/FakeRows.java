package io.binlogbroker.broker.relay;

import io.binlogbroker.binlog.row.CellSink;
import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.RowPlan;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.TableMap;
import java.util.List;

/** The rows of a scripted rows event. */
public final class FakeRows implements Rows {
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
