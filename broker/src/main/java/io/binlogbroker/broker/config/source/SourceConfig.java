package io.binlogbroker.broker.config.source;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.broker.config.section.Choice;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Faults;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.route.MaskSalt;
import io.binlogbroker.engine.route.ReservedTopics;
import io.binlogbroker.engine.route.RouteCompiler;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.RoutingRules;
import io.binlogbroker.engine.route.SnapshotMode;
import io.binlogbroker.engine.route.SourceRule;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The source of the changes and which of them are delivered; the meaning of each key is in {@code
 * docs/config.md}.
 */
public record SourceConfig(
    MysqlConn mysqlConn,
    boolean syncAll,
    List<SourceRule> sources,
    List<String> blackList,
    @Nullable Long serverId,
    Duration heartbeat,
    TlsConfig tls,
    boolean allowPublicKeyRetrieval,
    boolean allowCleartextPasswords,
    @Nullable String serverPublicKeyFile,
    OnLostPosition onLostPosition,
    OnStatementEvent onStatementEvent,
    OnSchemaMismatch onSchemaMismatch,
    MaskSalt maskSalt,
    SnapshotMode snapshot,
    SnapshotConfig snapshots) {
  private static final String PROGRAM = "binlogbroker";

  /** Room for the packet's headers around the largest event. */
  private static final long PACKET_ROOM = 1 << 20;

  public SourceConfig {
    sources = List.copyOf(sources);
    blackList = List.copyOf(blackList);
    Faults faults = new Faults();
    faults.require(
        !mysqlConn.equals(MysqlConn.NONE), "MysqlConn", "missing; expected " + MysqlConn.SHAPE);
    faults.require(
        serverId == null || (serverId >= 1 && serverId <= 0xFFFF_FFFFL),
        "ServerId",
        "expected a number from 1 to 4294967295, got " + serverId);
    faults.require(heartbeat.compareTo(Duration.ZERO) > 0, "Heartbeat", "expected more than 0");
    faults.throwIfAny();
  }

  /** The server id to register with: the configured one, or one derived from the group's name. */
  public long serverIdFor(String group) {
    return serverId != null ? serverId : ServerId.of(group);
  }

  /** A copy with other rules. */
  public SourceConfig withSources(List<SourceRule> other) {
    return new SourceConfig(
        mysqlConn,
        syncAll,
        other,
        blackList,
        serverId,
        heartbeat,
        tls,
        allowPublicKeyRetrieval,
        allowCleartextPasswords,
        serverPublicKeyFile,
        onLostPosition,
        onStatementEvent,
        onSchemaMismatch,
        maskSalt,
        snapshot,
        snapshots);
  }

  /** Which tables are delivered and where to. */
  public RoutingRules rules() {
    return new RoutingRules(syncAll, sources, blackList, maskSalt, snapshot);
  }

  /**
   * Where rows are delivered, by the rules alone.
   *
   * @param ignoreCase whether the server's {@code lower_case_table_names} is other than 0
   * @throws ConfigException with all faults of the rules
   */
  public Routes routes(boolean ignoreCase) {
    return RouteCompiler.compile(rules(), ReservedTopics.NONE, ignoreCase);
  }

  /** Connection and replication settings of the group's source. */
  public SourceOptions options(String group, long maxEventSize) {
    List<SessionOptions> sessions =
        mysqlConn.hosts().stream().map(host -> session(host, maxEventSize)).toList();
    return new SourceOptions(
        sessions, new ReplicaSettings(identity(group), heartbeat, maxEventSize));
  }

  private SessionOptions session(MysqlHost host, long maxEventSize) {
    Credentials credentials =
        new Credentials(
            mysqlConn.user(),
            mysqlConn.password(),
            allowPublicKeyRetrieval,
            path(serverPublicKeyFile),
            allowCleartextPasswords);
    return new SessionOptions(
        new ServerAddress(host.host(), host.port()),
        credentials,
        new TlsOptions(tls.mode(), path(tls.caFile()), path(tls.certFile()), path(tls.keyFile())),
        maxEventSize + PACKET_ROOM,
        PROGRAM);
  }

  private static @Nullable Path path(@Nullable String name) {
    return name == null ? null : Path.of(name);
  }

  /** The same for every broker of the group, so that the server keeps only one connection. */
  private ReplicaIdentity identity(String group) {
    byte[] name = (PROGRAM + ":" + group).getBytes(StandardCharsets.UTF_8);
    return new ReplicaIdentity(serverIdFor(group), UUID.nameUUIDFromBytes(name), PROGRAM);
  }

  public static @Nullable SourceConfig from(Section section) {
    MysqlConn conn = section.secret("MysqlConn", MysqlConn::parse, MysqlConn.NONE);
    boolean syncAll = section.flag("SyncAll", false);
    List<SourceRule> sources =
        section.objects("Sources").stream().map(RuleReader::sourceRule).toList();
    List<String> blackList = section.texts("BlackList", List.of());
    Long serverId = section.optionalInteger("ServerId");
    Duration heartbeat = section.duration("Heartbeat", Duration.ofSeconds(5));
    TlsConfig tls = tls(section.object("Tls"), conn);
    boolean keyRetrieval = section.flag("AllowPublicKeyRetrieval", false);
    boolean cleartext = section.flag("AllowCleartextPasswords", false);
    section.require(
        !cleartext || tls.mode() == TlsMode.VERIFY_CA || tls.mode() == TlsMode.VERIFY_IDENTITY,
        "AllowCleartextPasswords",
        "needs a verified certificate; set \"Mode\" of \"Tls\" to \"verify-identity\" or"
            + " \"verify-ca\"");
    String serverPublicKeyFile = section.optionalText("ServerPublicKeyFile");
    OnLostPosition onLostPosition =
        section.choice("OnLostPosition", OnLostPosition.class, OnLostPosition.STOP);
    OnStatementEvent onStatementEvent =
        section.choice("OnStatementEvent", OnStatementEvent.class, OnStatementEvent.STOP);
    OnSchemaMismatch onSchemaMismatch =
        section.choice("OnSchemaMismatch", OnSchemaMismatch.class, OnSchemaMismatch.STOP);
    MaskSalt maskSalt = section.secret("MaskSalt", MaskSalt::of, MaskSalt.NONE);
    SnapshotMode snapshot = section.choice("Snapshot", SnapshotMode.class, SnapshotMode.NEVER);
    SnapshotConfig snapshots = SnapshotConfig.from(section);
    if (snapshots == null) {
      return null;
    }
    return section.make(
        () ->
            new SourceConfig(
                conn,
                syncAll,
                sources,
                blackList,
                serverId,
                heartbeat,
                tls,
                keyRetrieval,
                cleartext,
                serverPublicKeyFile,
                onLostPosition,
                onStatementEvent,
                onSchemaMismatch,
                maskSalt,
                snapshot,
                snapshots));
  }

  private static TlsConfig tls(Section section, MysqlConn conn) {
    TlsMode parameter = conn.tls();
    TlsConfig tls = TlsConfig.from(section, parameter == null ? TlsMode.PREFERRED : parameter);
    if (parameter != null && tls.mode() != parameter) {
      section.fault(
          "Mode",
          "is %s but tls of MysqlConn is %s; keep one of them"
              .formatted(Choice.word(tls.mode()), Choice.word(parameter)));
    }
    return tls;
  }
}
