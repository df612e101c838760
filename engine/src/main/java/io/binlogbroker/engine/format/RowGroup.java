package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.cell.OutputBuffer;

/** Rows that go out in one message. One thread. */
public final class RowGroup {
  private static final int CAPACITY = 256;

  private final Address to;
  private final OutputBuffer rows = new OutputBuffer(CAPACITY);
  private final OutputBuffer olds = new OutputBuffer(0);
  private int count;

  RowGroup(Address to) {
    this.to = to;
  }

  void add(OutputBuffer row, OutputBuffer old) {
    rows.put(row);
    olds.put(old);
    count++;
  }

  public Address to() {
    return to;
  }

  public int count() {
    return count;
  }

  public OutputBuffer rows() {
    return rows;
  }

  /** What is told of the rows beside. */
  public OutputBuffer olds() {
    return olds;
  }
}
