package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.engine.model.BinlogPosition;
import java.io.IOException;
import java.util.List;

/** Reads parts of the server's binary log again. Relay thread, except for {@link #abort}. */
public interface BinlogReplay {
  /**
   * Reads from the start of an event to the current end of the log. The caller closes the client.
   */
  ReplicaClient from(BinlogPosition place) throws IOException;

  /** Reads buffered events up to their end, without a connection to the server. */
  ReplicaClient of(EventFeed kept);

  /** The server's files, oldest first. */
  List<String> files() throws IOException;

  /** Aborts the read that is in progress; its caller fails. Any thread. */
  void abort();
}
