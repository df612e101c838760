package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.ConnectionLostException;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.ReplicaSession;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.SessionOptions;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first events of a server's log files on a connection of its own, under another name
 * than the broker's. One thread.
 */
public final class LogProbe {
  static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final long FIRST_EVENT = 4;

  private final SessionOptions server;

  public LogProbe(SessionOptions server) {
    this.server = server;
  }

  /** What stands at places of the server's log. */
  PlaceProbe places() {
    return new PlaceProbe(server);
  }

  /**
   * When the server began a file that it has, seconds since the epoch.
   *
   * @param uuid of the server that is meant: behind one address there may be several
   */
  public long createdAt(String file, @Nullable String uuid) throws IOException {
    try (Session own = Session.open(server)) {
      requireServer(own, uuid);
      DumpStream events = dump(own, file);
      ByteReader event = new ByteReader();
      events.next(event); // the ROTATE that the dump thread makes up
      events.next(event);
      return event.u32(); // each event begins with its second; this is the FORMAT_DESCRIPTION
    }
  }

  /** What another server has says nothing about the one that is meant. */
  public static void requireServer(Session session, @Nullable String uuid) throws IOException {
    String reached = new ServerFacts(session).identity().uuid();
    if (!Objects.equals(reached, uuid)) {
      throw new ConnectionLostException(
          "%s led to the server %s, now it leads to %s"
              .formatted(session.address(), uuid, reached));
    }
  }

  /**
   * Whether the binary log may be read at all: the grant is only looked at when it is asked for.
   */
  public void read() throws IOException {
    try (Session own = Session.open(server)) {
      dump(own, "").next(new ByteReader());
    }
  }

  private static DumpStream dump(Session own, String file) throws IOException {
    return ReplicaSession.prepare(own, stranger(), HEARTBEAT).dumpToEnd(file, FIRST_EVENT);
  }

  /** The server throws out who reads under the same name, and that may be the broker. */
  static ReplicaIdentity stranger() {
    long id = ThreadLocalRandom.current().nextLong(1L << 31, 1L << 32);
    return new ReplicaIdentity(id, UUID.randomUUID(), "binlogbroker-check");
  }
}
