package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a relay goes on after a restart: at the start of the first source transaction that is not
 * wholly delivered, behind the rows of it that are.
 *
 * @param place of the transaction's first event
 * @param gtidSet executed before that transaction, in the server's own text form; null where the
 *     source has no GTIDs
 * @param rowsEvents rows events of that transaction that are wholly delivered
 * @param rows rows of the next rows event that are delivered
 * @param delivered the same for the log of any replica; null where nothing of it is delivered, or
 *     the transaction has no GTID
 * @param serverUuid of the server whose file names these are; of MariaDB, which has none, {@code
 *     server_id=1}; null where an operator does not say
 * @param fileCreated when that server began the file, seconds since the epoch; 0 if not known
 * @param epoch id of the fresh start or operator's set that this position descends from
 */
public record Position(
    BinlogPosition place,
    @Nullable String gtidSet,
    long rowsEvents,
    long rows,
    @Nullable DeliveredRows delivered,
    @Nullable String serverUuid,
    long fileCreated,
    String epoch) {

  /** As far as an operator can tell it. */
  public Position(
      BinlogPosition place,
      @Nullable String gtidSet,
      long rowsEvents,
      long rows,
      @Nullable String serverUuid,
      String epoch) {
    this(place, gtidSet, rowsEvents, rows, null, serverUuid, 0, epoch);
  }

  /** Between two transactions of a server. */
  public static Position at(Restart restart, String epoch) {
    return new Position(
        restart.place(),
        restart.gtidSet(),
        0,
        0,
        null,
        restart.serverUuid(),
        restart.fileCreated(),
        epoch);
  }

  public String file() {
    return place.file();
  }

  public long offset() {
    return place.offset();
  }

  /** Whether it lies at the edge of a transaction, with nothing of the next one delivered. */
  public boolean isBetweenTransactions() {
    return rowsEvents == 0 && rows == 0 && delivered == null;
  }

  /**
   * Whether a relay committed it while it read: where a broker begins, and what an operator sets,
   * does not know yet when the file was begun.
   */
  public boolean isOfRelay() {
    return fileCreated != 0;
  }

  @Override
  public String toString() {
    String inside =
        isBetweenTransactions() ? "" : " (+" + rowsEvents + " rows events, " + rows + " rows)";
    return place + inside + (gtidSet == null ? "" : " gtid " + gtidSet);
  }
}
