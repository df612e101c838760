package io.binlogbroker.broker.relay;

/**
 * How much of the open source transaction is handed to the sink, in rows events and rows, and how
 * much of it a predecessor had delivered already. Mutable; belongs to the relay thread.
 */
final class TransactionProgress {
  private long deliveredEvents;
  private long deliveredRows;
  private boolean resuming;
  private boolean open;
  private long rowsEvents;
  private long rows;

  /**
   * @param start position to go on from; what it says of its transaction will be passed over
   */
  TransactionProgress(Position start) {
    deliveredEvents = start.rowsEvents();
    deliveredRows = start.rows();
    resuming = !start.isBetweenTransactions();
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the transaction that begins next is one that was delivered in part. */
  boolean isResuming() {
    return resuming;
  }

  void begin() {
    open = true;
    rowsEvents = 0;
    rows = 0;
  }

  /** Rows at the head of the next rows event that were delivered before. */
  long deliveredRowsOfEvent() {
    if (!resuming || rowsEvents > deliveredEvents) {
      return 0;
    }
    return rowsEvents < deliveredEvents ? Long.MAX_VALUE : deliveredRows;
  }

  void rowDone() {
    rows++;
  }

  void eventDone() {
    rowsEvents++;
    rows = 0;
  }

  /** Whether less of the transaction was read than had been delivered of it before. */
  boolean isBehindDelivered() {
    return resuming
        && (rowsEvents < deliveredEvents
            || (rowsEvents == deliveredEvents && rows < deliveredRows));
  }

  void end() {
    open = false;
    resuming = false;
    rowsEvents = 0;
    rows = 0;
  }

  /** Rows events of the open transaction that are delivered, now or before. */
  long rowsEvents() {
    return isBehindDelivered() ? deliveredEvents : rowsEvents;
  }

  /** Rows of the next rows event that are delivered, now or before. */
  long rows() {
    return isBehindDelivered() ? deliveredRows : rows;
  }
}
