package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.util.SortedMap;
import java.util.TreeMap;

/** A row image of a test; columns without a cell are absent. */
public final class FakeRowImage implements RowImage {
  private final RowPlan plan;
  private final SortedMap<Integer, FakeCell> cells = new TreeMap<>();

  public FakeRowImage(RowPlan plan) {
    this.plan = plan;
  }

  /** An image with all columns. */
  public static FakeRowImage of(RowPlan plan, FakeCell... cells) {
    if (cells.length != plan.columns().size()) {
      throw new IllegalArgumentException(
          "Expected " + plan.columns().size() + " cells but got " + cells.length);
    }
    FakeRowImage image = new FakeRowImage(plan);
    for (int i = 0; i < cells.length; i++) {
      image.cells.put(i, cells[i]);
    }
    return image;
  }

  /** Another image with the same cells. */
  FakeRowImage copy(RowPlan of) {
    FakeRowImage image = new FakeRowImage(of);
    image.cells.putAll(cells);
    return image;
  }

  public FakeRowImage with(String column, FakeCell cell) {
    cells.put(plan.indexOf(column), cell);
    return this;
  }

  @Override
  public boolean has(int column) {
    return cells.containsKey(column);
  }

  @Override
  public boolean isNull(int column) {
    return cells.get(column) == FakeCell.NULL;
  }

  @Override
  public void cells(CellSink sink) {
    cells.keySet().forEach(column -> cell(column, sink));
  }

  @Override
  public void cell(int column, CellSink sink) {
    cells.get(column).push().into(sink, plan.columns().get(column));
  }

  @Override
  public boolean sameCell(int column, RowImage other) {
    FakeCell mine = cells.get(column);
    FakeCell theirs = ((FakeRowImage) other).cells.get(column);
    return mine != null && theirs != null && mine.raw().equals(theirs.raw());
  }
}
