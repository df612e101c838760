package io.binlogbroker.binlog.row.column;

/**
 * Notified of text that is malformed in its column's character set; the malformed parts are passed
 * to the sink as U+FFFD. Called on the thread that reads the stream, each time such a cell is
 * pushed.
 */
@FunctionalInterface
public interface TextFaults {
  /** Ignores malformed text. */
  TextFaults IGNORED = (plan, column) -> {};

  void malformedText(RowPlan plan, Column column);
}
