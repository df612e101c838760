package io.binlogbroker.broker.relay;

import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.broker.catalogue.Place;
import org.jspecify.annotations.Nullable;

/**
 * Which of two positions of one epoch lies further ahead: one descends from the other, so the
 * places of one server decide, and between servers the GTID sets of MySQL. Stateless.
 */
final class PositionOrder {
  private PositionOrder() {}

  /** False where that cannot be shown. */
  static boolean isAhead(Position position, Position other) {
    return isSameServer(position, other)
        ? comparePlaces(position, other) > 0
        : hasExecutedMore(position, other);
  }

  private static boolean isSameServer(Position position, Position other) {
    String server = position.serverUuid();
    return server == null || other.serverUuid() == null || server.equals(other.serverUuid());
  }

  private static int comparePlaces(Position position, Position other) {
    int byPlace = place(position).compareTo(place(other));
    if (byPlace != 0) {
      return byPlace;
    }
    int byEvents = Long.compare(position.rowsEvents(), other.rowsEvents());
    return byEvents != 0 ? byEvents : Long.compare(position.rows(), other.rows());
  }

  private static Place place(Position position) {
    return new Place(position.file(), position.offset());
  }

  private static boolean hasExecutedMore(Position position, Position other) {
    MysqlGtidSet executed = mysqlSet(position);
    MysqlGtidSet othersExecuted = mysqlSet(other);
    return executed != null
        && othersExecuted != null
        && executed.containsAll(othersExecuted)
        && !othersExecuted.containsAll(executed);
  }

  /**
   * Null where there is none, or where it is MariaDB's, which tells no more than its last GTIDs.
   */
  private static @Nullable MysqlGtidSet mysqlSet(Position position) {
    String set = position.gtidSet();
    try {
      return set == null ? null : MysqlGtidSet.parse(set);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
