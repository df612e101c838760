package io.binlogbroker.binlog;

import java.io.IOException;

/** Is notified of what table descriptions depend on. Called on the thread that reads the log. */
public interface TableMapListener {
  /** Called when the server started: table ids have another meaning from then on. */
  void serverStarted();

  /**
   * Called for each TABLE_MAP.
   *
   * @param named whether it names its columns
   */
  void tableIsMapped(boolean named);

  /** Aborts what it waits for, from any thread. */
  void abort() throws IOException;
}
