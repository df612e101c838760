package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.source.PositionOrder;
import org.jspecify.annotations.Nullable;

/**
 * Compares positions by MySQL GTID sets, and where these are equal or missing, by file and offset
 * in one log: the numbering of a server's files can restart from 1, that of its GTIDs never does.
 * Stateless; any thread.
 */
public final class MysqlPositionOrder implements PositionOrder {
  @Override
  public boolean isAhead(Position position, Position other) {
    MysqlGtidSet executed = mysqlSet(position);
    MysqlGtidSet othersExecuted = mysqlSet(other);
    if (executed != null && othersExecuted != null && !executed.equals(othersExecuted)) {
      return executed.containsAll(othersExecuted);
    }
    return isSameLog(position, other) && comparePlaces(position, other) > 0;
  }

  private static boolean isSameLog(Position position, Position other) {
    String server = position.serverUuid();
    boolean sameServer =
        server == null || other.serverUuid() == null || server.equals(other.serverUuid());
    return sameServer && baseName(position).equals(baseName(other));
  }

  /** The base name of the log files, which changes with the server's {@code log_bin}. */
  private static String baseName(Position position) {
    return position.file().substring(0, position.file().lastIndexOf('.') + 1);
  }

  private static int comparePlaces(Position position, Position other) {
    int byPlace = position.place().compareTo(other.place());
    if (byPlace != 0) {
      return byPlace;
    }
    int byEvents = Long.compare(position.rowsEvents(), other.rowsEvents());
    return byEvents != 0 ? byEvents : Long.compare(position.rows(), other.rows());
  }

  /**
   * Null where there is no GTID set, or where it is a MariaDB one, which contains only the last
   * GTID of each domain.
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
