package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.ReplicaSession;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.SessionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads the first events of a server's log files on a connection of its own, under another name
 * than the broker's. One thread.
 */
final class LogProbe {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final long FIRST_EVENT = 4;

  private final SessionOptions server;

  LogProbe(SessionOptions server) {
    this.server = server;
  }

  /** When the server began a file that it has, seconds since the epoch. */
  long createdAt(String file) throws IOException {
    try (Session own = Session.open(server)) {
      DumpStream events = dump(own, file);
      ByteReader event = new ByteReader();
      events.next(event); // the ROTATE that the dump thread makes up
      events.next(event);
      return event.u32(); // each event begins with its second; this is the FORMAT_DESCRIPTION
    }
  }

  /**
   * Whether the binary log may be read at all: the grant is only looked at when it is asked for.
   */
  void read() throws IOException {
    try (Session own = Session.open(server)) {
      dump(own, "").next(new ByteReader());
    }
  }

  private static DumpStream dump(Session own, String file) throws IOException {
    return ReplicaSession.prepare(own, stranger(), HEARTBEAT).dumpToEnd(file, FIRST_EVENT);
  }

  /** The server throws out who reads under the same name, and that may be the broker. */
  private static ReplicaIdentity stranger() {
    long id = ThreadLocalRandom.current().nextLong(1L << 31, 1L << 32);
    return new ReplicaIdentity(id, UUID.randomUUID(), "binlogbroker-check");
  }
}
