package io.binlogbroker.client;

/**
 * A change that is inconsistent with the changes delivered before it.
 *
 * @param kind what is wrong
 * @param table the changed table
 * @param id of the change
 * @param detail where the change was delivered, and what was expected
 */
public record Violation(Kind kind, SourceTable table, ChangeId id, String detail) {
  /** What can be wrong with a change. */
  public enum Kind {
    /** It arrived after a later change of its partition key. */
    OUT_OF_ORDER,
    /** It is a duplicate. */
    REPEATED,
    /** It is one half of a key change, and the other half did not arrive. */
    LONE_HALF,
    /** It inserts a row that exists. */
    ROW_EXISTS,
    /** It updates or deletes a row that does not exist. */
    ROW_MISSING,
    /** Its before image differs from the row. */
    ROW_DIFFERS
  }

  @Override
  public String toString() {
    return kind + " " + table + " " + id + ": " + detail;
  }
}
