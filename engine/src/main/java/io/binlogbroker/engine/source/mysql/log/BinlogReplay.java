package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.engine.model.BinlogPosition;
import java.io.IOException;
import java.util.List;

/** Reads parts of the server's log a second time. Relay thread, except for {@link #abort}. */
public interface BinlogReplay {
  /** Reads from the start of an event to the log's present end. The caller closes it. */
  ReplicaClient from(BinlogPosition place) throws IOException;

  /** Reads events that were kept, up to their end, without asking the server for them. */
  ReplicaClient of(EventFeed kept);

  /** The server's files, oldest first. */
  List<String> files() throws IOException;

  /** Lets go of what is being read, from any thread: whoever waits for it fails. */
  void abort();
}
