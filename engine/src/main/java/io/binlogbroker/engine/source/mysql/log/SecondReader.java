package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.LogOffset;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.ReplicaSession;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection that reads a part of a server's log again, up to its current end, for one read. It
 * does not identify itself as a replica, because the server terminates the dump of a replica when
 * another one with the same identity connects, which would be the broker's own. One thread, except
 * {@link #abort}.
 */
final class SecondReader implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Session session;
  private final Duration heartbeat;

  private SecondReader(Session session, Duration heartbeat) {
    this.session = session;
    this.heartbeat = heartbeat;
  }

  static SecondReader open(SessionOptions server) throws IOException {
    return open(server, HEARTBEAT);
  }

  static SecondReader open(SessionOptions server, Duration heartbeat) throws IOException {
    return new SecondReader(Session.open(server), heartbeat);
  }

  /** As {@link ServerFacts#requireServer}. */
  void requireServer(@Nullable String uuid) throws IOException {
    new ServerFacts(session).requireServer(uuid);
  }

  ServerVersion serverVersion() {
    return session.serverVersion();
  }

  /** Reads raw events from the start of a file. */
  DumpStream stream(String file) throws IOException {
    return prepare().dumpToEnd(file, BinlogPosition.FIRST_EVENT);
  }

  /**
   * Reads from the start of an event, or from the start of its file where that is beyond 4 GiB.
   *
   * @param maxEventSize bytes of the largest event that is accepted
   */
  EventReader events(BinlogPosition start, long maxEventSize) throws IOException {
    ReplicaSession replica = prepare();
    DumpStream stream = replica.dumpToEnd(start.file(), LogOffset.dumpStart(start.offset()));
    return new EventReader(stream, replica.checksummed(), start.file(), maxEventSize);
  }

  /** Reads events with their rows from the start of an event. */
  ReplicaClient client(BinlogPosition start, ReplicaOptions options) throws IOException {
    return ReplicaClient.toTheEnd(session, options, start.file(), start.offset());
  }

  private ReplicaSession prepare() throws IOException {
    return ReplicaSession.prepare(session, ReplicaIdentity.ofNoReplica(), heartbeat);
  }

  /** Closes the connection, from any thread: a call that waits for the server fails. */
  void abort() throws IOException {
    session.abort();
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
