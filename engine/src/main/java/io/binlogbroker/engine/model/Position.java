package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a relay continues after a restart: in the first source transaction that is not completely
 * delivered, after those of its rows that are.
 *
 * @param place of the transaction's first event
 * @param gtidSet executed before that transaction, in the server's own text form; null where the
 *     source has no GTIDs
 * @param rowsEvents rows events of that transaction that are completely delivered
 * @param rows rows of the next rows event that are delivered
 * @param delivered the same in a form that is valid for any replica; null where no row is
 *     delivered, or the transaction has no GTID
 * @param serverUuid of the server whose file names these are; of MariaDB, which has none, {@code
 *     server_id=1}; null in a position set by an operator without it
 * @param fileCreated when that server created the file, seconds since the epoch; 0 if unknown
 * @param epoch id of the fresh start, or of the operator's change, that this position descends from
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

  /** A position as an operator specifies it. */
  public Position(
      BinlogPosition place,
      @Nullable String gtidSet,
      long rowsEvents,
      long rows,
      @Nullable String serverUuid,
      String epoch) {
    this(place, gtidSet, rowsEvents, rows, null, serverUuid, 0, epoch);
  }

  /** A position between two transactions of a server. */
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

  /** Whether it is between two transactions, with nothing of the next one delivered. */
  public boolean isBetweenTransactions() {
    return rowsEvents == 0 && rows == 0 && delivered == null;
  }

  /**
   * Whether a relay committed it while reading: the position of a fresh start, or one set by an
   * operator, does not have the file's creation time.
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
