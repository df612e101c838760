package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.SessionOptions;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * How a group's source is reached and read, in the replica client's terms.
 *
 * @param sessions for logging in to each of its servers, the one to begin with first
 * @param replica how the broker behaves once it has
 */
public record SourceOptions(List<SessionOptions> sessions, ReplicaSettings replica) {
  public SourceOptions {
    sessions = List.copyOf(sessions);
  }

  /** What the broker registers with at the server. */
  public long serverId() {
    return replica.identity().serverId();
  }

  public UUID slaveUuid() {
    return replica.identity().uuid();
  }

  /** The same, but registered with these. */
  public SourceOptions registeredAs(long serverId, UUID slaveUuid) {
    ReplicaIdentity identity =
        new ReplicaIdentity(serverId, slaveUuid, replica.identity().reportHost());
    return new SourceOptions(
        sessions, new ReplicaSettings(identity, replica.heartbeat(), replica.maxEventSize()));
  }

  /**
   * Logs in to the first server that can be reached.
   *
   * @throws DeliveryException as {@link ServerRounds#first} when none can
   */
  public Session connect() {
    return ServerRounds.firstOf(sessions, this::open);
  }

  private Session open(SessionOptions server) {
    try {
      return Session.open(server);
    } catch (IOException e) {
      throw new SourceFailures(user()).toRelay(e);
    }
  }

  /** With which a session was opened. */
  public SessionOptions of(Session session) {
    return sessions.stream()
        .filter(options -> options.address().equals(session.address()))
        .findFirst()
        .orElseThrow();
  }

  /** Who logs in. */
  public String user() {
    return sessions.get(0).credentials().user();
  }
}
