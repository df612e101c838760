package io.binlogbroker.binlog;

import io.binlogbroker.binlog.event.BinlogEvent;
import java.io.IOException;

/**
 * Receives the statements of a log and whether its TABLE_MAP events name columns. Called on the
 * thread that reads the log.
 */
public interface StatementListener {
  /**
   * Called for each statement; must not advance the event's reader.
   *
   * @param file that contains the event
   * @return whether the tables mapped so far may no longer be valid
   */
  boolean changesTables(String file, BinlogEvent event);

  /**
   * Called for MariaDB's GTID event, which describes the statement that follows it.
   *
   * @param file that contains the event
   * @return whether the tables mapped so far may no longer be valid
   */
  default boolean groupBegins(String file, BinlogEvent gtid) {
    return false;
  }

  /** Called when the server started: table ids have another meaning from then on. */
  default void serverStarted() {}

  /**
   * Called for each TABLE_MAP.
   *
   * @param named whether it names its columns
   */
  default void tableIsMapped(boolean named) {}

  /** Aborts what it waits for, from any thread. */
  default void abort() throws IOException {}
}
