package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.cell.OutputBuffer;

/** The rows of one message. One thread. */
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

  /** The second part of each row, such as its values before an update. */
  public OutputBuffer olds() {
    return olds;
  }
}
