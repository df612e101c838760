package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.wire.Credentials;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.ServerAddress;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.SessionOptions;
import io.binlogbroker.binlog.wire.TlsMode;
import io.binlogbroker.binlog.wire.TlsOptions;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.MysqlConn;
import io.binlogbroker.broker.config.MysqlHost;
import io.binlogbroker.broker.config.SourceConfig;
import io.binlogbroker.broker.config.TlsConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a group's source is reached and read, in the replica client's terms.
 *
 * @param sessions for logging in to each of its servers, the one to begin with first
 * @param replica how the broker behaves once it has
 */
public record SourceOptions(List<SessionOptions> sessions, ReplicaSettings replica) {
  /** Room for a packet's own bytes around the largest event. */
  private static final long PACKET_ROOM = 1 << 20;

  public SourceOptions {
    sessions = List.copyOf(sessions);
  }

  public static SourceOptions of(String group, Config config) {
    SourceConfig source = config.source();
    return new SourceOptions(
        sessions(source, config.broker()),
        new ReplicaSettings(
            identity(group, source), source.heartbeat(), config.broker().maxEventSize().bytes()));
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

  /** Logs in to the first server that can be reached. */
  Session connect() throws IOException {
    IOException failure = null;
    for (SessionOptions options : sessions) {
      try {
        return Session.open(options);
      } catch (IOException e) {
        failure = withEarlier(e, failure);
      }
    }
    throw Objects.requireNonNull(failure, "No server is configured");
  }

  private static IOException withEarlier(IOException failure, @Nullable IOException earlier) {
    if (earlier != null) {
      failure.addSuppressed(earlier);
    }
    return failure;
  }

  /** With which a session was opened. */
  SessionOptions of(Session session) {
    return sessions.stream()
        .filter(options -> options.address().equals(session.address()))
        .findFirst()
        .orElseThrow();
  }

  /** Who logs in. */
  String user() {
    return sessions.get(0).credentials().user();
  }

  private static List<SessionOptions> sessions(SourceConfig source, BrokerConfig broker) {
    return source.mysqlConn().hosts().stream().map(host -> session(host, source, broker)).toList();
  }

  private static SessionOptions session(MysqlHost host, SourceConfig source, BrokerConfig broker) {
    MysqlConn conn = source.mysqlConn();
    return new SessionOptions(
        new ServerAddress(host.host(), host.port()),
        new Credentials(
            conn.user(),
            conn.password(),
            source.allowPublicKeyRetrieval(),
            path(source.serverPublicKeyFile()),
            source.allowCleartextPasswords()),
        tls(source.tls()),
        broker.maxEventSize().bytes() + PACKET_ROOM,
        "binlogbroker");
  }

  private static TlsOptions tls(TlsConfig tls) {
    TlsMode mode =
        switch (tls.mode()) {
          case DISABLED -> TlsMode.DISABLED;
          case PREFERRED -> TlsMode.PREFERRED;
          case REQUIRED -> TlsMode.REQUIRED;
          case VERIFY_CA -> TlsMode.VERIFY_CA;
          case VERIFY_IDENTITY -> TlsMode.VERIFY_IDENTITY;
        };
    return new TlsOptions(mode, path(tls.caFile()), path(tls.certFile()), path(tls.keyFile()));
  }

  private static @Nullable Path path(@Nullable String name) {
    return name == null ? null : Path.of(name);
  }

  /** The same for every broker of the group: the server lets only one of them read. */
  private static ReplicaIdentity identity(String group, SourceConfig source) {
    byte[] name = ("binlogbroker:" + group).getBytes(StandardCharsets.UTF_8);
    return new ReplicaIdentity(
        source.serverIdFor(group), UUID.nameUUIDFromBytes(name), "binlogbroker");
  }
}
