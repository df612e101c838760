package io.binlogbroker.broker.relay;

/**
 * How much of the open source transaction is handed to the sink, in rows events and rows, and how
 * much of it a predecessor had delivered already. Mutable; belongs to the relay thread.
 */
final class TransactionProgress {
  private final long deliveredEvents;
  private final long deliveredRows;
  private boolean resuming;
  private boolean open;
  private boolean delivering;
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

  /** Whether the transaction that is open or begins next was delivered in part by a predecessor. */
  boolean isResuming() {
    return resuming;
  }

  /** Whether a row of the open transaction was delivered, now or before. */
  boolean hasDelivered() {
    return resuming || delivering;
  }

  void begin() {
    open = true;
    delivering = false;
    rowsEvents = 0;
    rows = 0;
  }

  /** Passes over a row that a predecessor delivered. */
  void rowPassed() {
    rows++;
  }

  void rowDelivered() {
    rows++;
    delivering = true;
  }

  void eventDone() {
    rowsEvents++;
    rows = 0;
  }

  /** Whether less of the transaction was read than had been delivered of it before. */
  boolean isBehindDelivered() {
    return resuming && (rowsEvents < deliveredEvents || isInsideDelivered());
  }

  /** Whether less of the present rows event was read than had been delivered of just this event. */
  boolean isInsideDelivered() {
    return resuming && rowsEvents == deliveredEvents && rows < deliveredRows;
  }

  void end() {
    open = false;
    resuming = false;
    delivering = false;
    rowsEvents = 0;
    rows = 0;
  }

  /**
   * Rows events of the open transaction that are delivered, now or before; 0 while no row of it is,
   * so that it may just as well be read from its start, by whatever rules hold then.
   */
  long rowsEvents() {
    if (isBehindDelivered()) {
      return deliveredEvents;
    }
    return hasDelivered() ? rowsEvents : 0;
  }

  /** Rows of the next rows event that are delivered, now or before. */
  long rows() {
    return isBehindDelivered() ? deliveredRows : rows;
  }
}
