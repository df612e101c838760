package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.DeliveredRows;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.source.SourceTransaction;
import org.jspecify.annotations.Nullable;

/**
 * How much of the open source transaction was passed to the sink, and how much of it a predecessor
 * had already delivered: in rows events and rows, and, where transactions have GTIDs, in bytes of
 * rows, which are the same on every replica. Mutable; belongs to the relay thread.
 */
final class TransactionProgress {
  private final Position start;
  private final RowBytes bytes = new RowBytes();
  private boolean resuming;
  private boolean open;
  private boolean delivering;
  private @Nullable String gtid;
  private boolean partlyCommitted;
  private long rowsEvents;
  private long rows;

  /**
   * @param start position to continue from; the rows that it records as delivered are skipped
   */
  TransactionProgress(Position start) {
    this.start = start;
    resuming = !start.isBetweenTransactions();
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the open or next transaction was partly delivered by a predecessor. */
  boolean isResuming() {
    return resuming;
  }

  /** Whether a row of the open transaction was delivered, now or by a predecessor. */
  boolean hasDelivered() {
    return resuming || delivering;
  }

  /** Whether a part of the open transaction was committed, now or by a predecessor. */
  boolean isPartlyCommitted() {
    return resuming || partlyCommitted;
  }

  /** The delivered rows are committed. */
  void committed() {
    partlyCommitted = delivering;
  }

  /** The delivered rows of the open transaction were dropped from the sink. */
  void takenBack() {
    delivering = false;
  }

  /**
   * @throws DeliveryException when the partly delivered transaction was another one
   */
  void begin(SourceTransaction transaction) {
    if (resuming && !isTheOneToResume(transaction)) {
      throw anotherOne(transaction);
    }
    open = true;
    partlyCommitted = false;
    delivering = false;
    gtid = transaction.gtid();
    rowsEvents = 0;
    rows = 0;
    bytes.clear();
  }

  private boolean isTheOneToResume(SourceTransaction transaction) {
    DeliveredRows delivered = start.delivered();
    return delivered != null
        ? delivered.gtid().equals(transaction.gtid())
        : transaction.place().equals(start.place());
  }

  private DeliveryException anotherOne(SourceTransaction transaction) {
    DeliveredRows delivered = start.delivered();
    return DeliveryException.fatal(
        FailureKind.POSITION_LOST,
        "Expected the transaction %sthat was delivered in part, at %s, but the source begins with %sat %s. "
                .formatted(
                    delivered == null ? "" : delivered.gtid() + " ",
                    start,
                    transaction.gtid() == null ? "one " : transaction.gtid() + " ",
                    transaction.place())
            + "The log is that of another or a rebuilt server, or of a replica that commits in"
            + " another order (replica_preserve_commit_order) or does not have what its source"
            + " rolled back: switch back to the first server, or set a position with \"binlogbroker position set\""
            + " or remove it with \"position reset\".");
  }

  /**
   * Whether a predecessor delivered all rows of an event, so that none of them needs to be read.
   */
  boolean isDelivered(Rows event) {
    DeliveredRows delivered = start.delivered();
    return resuming
        && delivered != null
        && bytes.beforeEvent() + event.bytes() <= delivered.bytes();
  }

  /**
   * Whether a predecessor delivered the current row.
   *
   * @param from offset of the row in the bytes of the event's rows
   * @throws DeliveryException when the rows before it are not those that were delivered
   */
  boolean isRowDelivered(Rows event, int from) {
    DeliveredRows delivered = start.delivered();
    if (!resuming) {
      return false;
    }
    if (delivered == null) {
      return isBehindDelivered();
    }
    if (bytes.beforeEvent() + event.bytesRead() <= delivered.bytes()) {
      return true;
    }
    if (bytes.beforeEvent() + from < delivered.bytes()) {
      throw otherRows();
    }
    addUpTo(event, from);
    return false;
  }

  /** Skips a row that a predecessor delivered. */
  void rowSkipped() {
    rows++;
  }

  void rowDelivered() {
    rows++;
    delivering = true;
  }

  /**
   * Sets the delivered part of the open transaction to end before the current row.
   *
   * @param from offset of that row in the bytes of the event's rows
   */
  void splitBefore(Rows event, int from) {
    addUpTo(event, from);
  }

  void eventDone(Rows event) {
    addUpTo(event, event.bytes());
    bytes.eventDone();
    rowsEvents++;
    rows = 0;
  }

  /**
   * Adds row bytes; at the end of the rows that a predecessor delivered, the checksum must match.
   */
  private void addUpTo(Rows event, int end) {
    if (gtid == null) {
      return;
    }
    DeliveredRows delivered = start.delivered();
    long left = delivered == null || !resuming ? -1 : delivered.bytes() - bytes.beforeEvent();
    if (left >= 0 && left <= end) {
      bytes.addUpTo(event, (int) left);
      requireSame(delivered);
    }
    bytes.addUpTo(event, end);
  }

  private void requireSame(@Nullable DeliveredRows delivered) {
    DeliveredRows read = bytes.delivered(String.valueOf(gtid));
    if (delivered != null && read.bytes() == delivered.bytes() && read.crc() != delivered.crc()) {
      throw otherRows();
    }
  }

  private DeliveryException otherRows() {
    return DeliveryException.fatal(
        FailureKind.POSITION_LOST,
        "The rows of the transaction "
            + gtid
            + ", which was delivered in part, at "
            + start
            + ", differ in this server's log, or are in another order: where to continue in it"
            + " cannot be determined. A replica writes the same rows if its binlog_row_image and"
            + " binlog_row_value_options are those of its source and every table has a primary key."
            + " Switch back to the first server for the rest of the transaction, or set a position"
            + " with \"binlogbroker position set\".");
  }

  /** Whether less of the transaction was read than a predecessor delivered. */
  boolean isBehindDelivered() {
    DeliveredRows delivered = start.delivered();
    if (delivered != null) {
      return resuming && bytes.total() < delivered.bytes();
    }
    return resuming && (rowsEvents < start.rowsEvents() || isInsideDelivered());
  }

  /**
   * Compares the end of a rows event with the rows that a predecessor delivered of it.
   *
   * @throws DeliveryException when it has fewer rows
   */
  void requireNotInsideDelivered() {
    if (isInsideDelivered()) {
      throw shorterThanDelivered();
    }
  }

  /**
   * Compares the end of the transaction with the rows that a predecessor delivered of it.
   *
   * @throws DeliveryException when it has fewer rows
   */
  void requireAllDelivered() {
    if (isBehindDelivered()) {
      throw shorterThanDelivered();
    }
  }

  private DeliveryException shorterThanDelivered() {
    return DeliveryException.fatal(
        FailureKind.POSITION_LOST,
        "The transaction at "
            + start
            + " has fewer rows than were delivered of it: it is a different transaction. Set a position with"
            + " \"binlogbroker position set\".");
  }

  /** Whether less of the current rows event was read than a predecessor delivered of this event. */
  private boolean isInsideDelivered() {
    return resuming
        && start.delivered() == null
        && rowsEvents == start.rowsEvents()
        && rows < start.rows();
  }

  void end() {
    open = false;
    resuming = false;
    delivering = false;
    gtid = null;
    partlyCommitted = false;
    rowsEvents = 0;
    rows = 0;
  }

  /**
   * The number of delivered rows events of the open transaction, now or by a predecessor; 0 while
   * no row of it is delivered, so that it can be read from its start, with whatever rules are
   * active then.
   */
  long rowsEvents() {
    if (isBehindDelivered()) {
      return start.rowsEvents();
    }
    return hasDelivered() ? rowsEvents : 0;
  }

  /** The number of delivered rows of the next rows event, now or by a predecessor. */
  long rows() {
    return isBehindDelivered() ? start.rows() : rows;
  }

  /**
   * The delivered part in a form that is valid for any replica; null where no row is delivered, or
   * the transaction has no GTID.
   */
  @Nullable DeliveredRows delivered() {
    if (isBehindDelivered()) {
      return start.delivered();
    }
    return gtid == null || !hasDelivered() ? null : bytes.delivered(gtid);
  }
}
