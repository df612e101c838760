package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.binlog.event.Xid;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;

/**
 * Creates the failures for event groups that cannot be delivered exactly, with the reason and the
 * fix. Stateless.
 */
public final class GroupFaults {
  private static final String CONTINUE =
      ", then continue after it with \"binlogbroker position set\".";

  private GroupFaults() {}

  static DeliveryException truncated(BinlogPosition group, BinlogPosition next, TableMap table) {
    return fault(
        "The transaction at "
            + group
            + " has no end before "
            + next
            + ": the server crashed while writing it, and "
            + table.schema()
            + "."
            + table.table()
            + " does not use a transactional engine. Check which of its rows the table has"
            + CONTINUE);
  }

  public static DeliveryException unfinished(BinlogPosition group, BinlogPosition next) {
    return fault("The transaction at " + group + " has no end before the next one, at " + next);
  }

  public static DeliveryException partlyUndone(BinlogPosition at) {
    return fault(
        "A ROLLBACK TO SAVEPOINT undoes an unknown part of the rows of a transaction that mixes"
            + " storage engines, at "
            + at
            + ". Compare its tables"
            + CONTINUE);
  }

  public static DeliveryException outsideTransaction(BinlogPosition rows) {
    return fault("Rows are outside of a transaction at " + rows);
  }

  public static DeliveryException prepareWithoutStart(Xid xid, BinlogPosition prepare) {
    return fault(
        "The XA transaction "
            + xid
            + " is prepared at "
            + prepare
            + " but did not begin as an XA transaction");
  }

  public static DeliveryException incident(BinlogPosition at) {
    return fault(
        "The server reports a gap in its log (INCIDENT event) at "
            + at
            + ": changes are missing. Copy the tables again"
            + CONTINUE);
  }

  private static DeliveryException fault(String message) {
    return DeliveryException.fatal(FailureKind.SOURCE_DATA, message);
  }
}
