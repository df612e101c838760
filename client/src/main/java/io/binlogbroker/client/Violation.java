package io.binlogbroker.client;

/**
 * A change that does not go with what was delivered before it.
 *
 * @param id of the change
 * @param detail where it was delivered and what was expected
 */
public record Violation(Kind kind, SourceTable table, ChangeId id, String detail) {
  /** What can be wrong with a change. */
  public enum Kind {
    /** It came after a later change of its partition key. */
    OUT_OF_ORDER,
    /** It came twice. */
    REPEATED,
    /** It is half of a key change whose other half did not come. */
    LONE_HALF,
    /** It inserts a row that exists. */
    ROW_EXISTS,
    /** It updates or deletes a row that does not exist. */
    ROW_MISSING,
    /** Its before image is not what the row held. */
    ROW_DIFFERS
  }

  @Override
  public String toString() {
    return kind + " " + table + " " + id + ": " + detail;
  }
}
