package io.binlogbroker.binlog;

import io.binlogbroker.binlog.event.BinlogEvent;
import java.io.IOException;

/**
 * Hears of the statements in a log, and whether it names columns. Called on the thread that reads
 * it.
 */
public interface StatementListener {
  /**
   * Takes note of a statement, whose event stays as it is.
   *
   * @param file that the event stands in
   * @return whether what was told of tables so far may no longer hold
   */
  boolean changesTables(String file, BinlogEvent event);

  /**
   * Takes note of MariaDB's GTID event, which tells more about the statement that follows it.
   *
   * @param file that the event stands in
   * @return whether what was told of tables so far may no longer hold
   */
  default boolean groupBegins(String file, BinlogEvent gtid) {
    return false;
  }

  /** Takes note of a start of the server: table ids mean something else behind it. */
  default void serverStarted() {}

  /**
   * Takes note of a TABLE_MAP.
   *
   * @param named whether it names its columns
   */
  default void tableIsMapped(boolean named) {}

  /** Lets go of what it waits for, from any thread. */
  default void abort() throws IOException {}
}
