package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * The connection and replica options of a group's source.
 *
 * @param sessions login options for each of its servers, in the order in which they are tried
 * @param replica how the broker behaves as a replica after the login
 */
public record SourceOptions(List<SessionOptions> sessions, ReplicaSettings replica) {
  public SourceOptions {
    sessions = List.copyOf(sessions);
  }

  /** The server id that the broker registers with. */
  public long serverId() {
    return replica.identity().serverId();
  }

  /** The addresses of its servers, in the order in which they are tried. */
  public List<String> servers() {
    return sessions.stream().map(session -> session.address().toString()).toList();
  }

  public UUID slaveUuid() {
    return replica.identity().uuid();
  }

  /** The same options with another server id and UUID. */
  public SourceOptions registeredAs(long serverId, UUID slaveUuid) {
    ReplicaIdentity identity =
        new ReplicaIdentity(serverId, slaveUuid, replica.identity().reportHost());
    return new SourceOptions(
        sessions, new ReplicaSettings(identity, replica.heartbeat(), replica.maxEventSize()));
  }

  /**
   * Logs in to the first server that can be reached.
   *
   * @throws DeliveryException as {@link ServerRounds#first} when none can be reached
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

  /** The options that a session was opened with. */
  public SessionOptions of(Session session) {
    return sessions.stream()
        .filter(options -> options.address().equals(session.address()))
        .findFirst()
        .orElseThrow();
  }

  /** The user that logs in. */
  public String user() {
    return sessions.get(0).credentials().user();
  }
}
