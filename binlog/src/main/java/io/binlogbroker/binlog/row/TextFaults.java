package io.binlogbroker.binlog.row;

/**
 * Hears of text that is malformed in its column's character set; the broken parts reach the sink as
 * U+FFFD. Called by the thread that reads the stream, once per such cell each time it is pushed.
 */
@FunctionalInterface
public interface TextFaults {
  /** Lets malformed text pass unheard. */
  TextFaults IGNORED = (plan, column) -> {};

  void malformedText(RowPlan plan, Column column);
}
