package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.event.Xid;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.broker.relay.DeliveryException;
import io.binlogbroker.broker.relay.FailureKind;

/** Says of groups of events that cannot be delivered exactly why, and what to do. Stateless. */
final class GroupFaults {
  private static final String GO_ON = ", then go on behind it with \"binlogbroker position set\".";

  private GroupFaults() {}

  static DeliveryException cutOff(Place group, Place next, TableMap table) {
    return fault(
        "The transaction at "
            + group
            + " has no end before "
            + next
            + ": the server crashed while it wrote it, and "
            + table.schema()
            + "."
            + table.table()
            + " is none of a transactional engine. Check which of its rows the table holds"
            + GO_ON);
  }

  static DeliveryException endless(Place group, Place next) {
    return fault("The transaction at " + group + " has no end before the next one, at " + next);
  }

  static DeliveryException undoneInPart(Place at) {
    return fault(
        "A ROLLBACK TO SAVEPOINT undoes an unknown part of the rows of a transaction that mixes"
            + " storage engines, at "
            + at
            + ". Compare its tables"
            + GO_ON);
  }

  static DeliveryException outside(Place rows) {
    return fault("Rows stand outside of a transaction at " + rows);
  }

  static DeliveryException unannounced(Xid xid, Place prepare) {
    return fault(
        "The XA transaction "
            + xid
            + " is prepared at "
            + prepare
            + " but its beginning did not say that it is one");
  }

  static DeliveryException incident(Place at) {
    return fault(
        "The server writes that its log has a hole (INCIDENT event) at "
            + at
            + ": changes are missing. Copy the tables anew"
            + GO_ON);
  }

  private static DeliveryException fault(String message) {
    return DeliveryException.fatal(FailureKind.SOURCE_DATA, message);
  }
}
