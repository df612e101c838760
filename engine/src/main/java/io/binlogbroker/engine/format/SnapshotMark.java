package io.binlogbroker.engine.format;

/** Whether a row was read by a snapshot, and which one of it. */
public enum SnapshotMark {
  /** It comes from the binary log. */
  NONE("false"),

  /** A row of a snapshot, others of which follow. */
  ROW("true"),

  /** The last row of a snapshot. */
  LAST("last");

  private final String word;

  SnapshotMark(String word) {
    this.word = word;
  }

  /** As Debezium writes it. */
  public String word() {
    return word;
  }
}
