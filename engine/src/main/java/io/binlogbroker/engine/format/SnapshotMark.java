package io.binlogbroker.engine.format;

/** Whether a row was read by a snapshot, and whether it is the last one. */
public enum SnapshotMark {
  /** A row from the binary log. */
  NONE("false"),

  /** A row of a snapshot that is not the last one. */
  ROW("true"),

  /** The last row of a snapshot. */
  LAST("last");

  private final String word;

  SnapshotMark(String word) {
    this.word = word;
  }

  /** The value that Debezium writes. */
  public String word() {
    return word;
  }
}
