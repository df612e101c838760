package io.binlogbroker.broker.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the changes come from and which of them are delivered; the meaning of each key is in {@code
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
    MaskSalt maskSalt) {
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

  /** The server id to register with: the given one, or one that follows from the group's name. */
  public long serverIdFor(String group) {
    return serverId != null ? serverId : ServerId.of(group);
  }

  static @Nullable SourceConfig from(Section section) {
    MysqlConn conn = section.secret("MysqlConn", MysqlConn::parse, MysqlConn.NONE);
    boolean syncAll = section.flag("SyncAll", false);
    List<SourceRule> sources = section.objects("Sources").stream().map(SourceRule::from).toList();
    List<String> blackList = section.texts("BlackList", List.of());
    Long serverId = section.optionalWhole("ServerId");
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
                maskSalt));
  }

  private static TlsConfig tls(Section section, MysqlConn conn) {
    TlsMode said = conn.tls();
    TlsConfig tls = TlsConfig.from(section, said == null ? TlsMode.PREFERRED : said);
    if (said != null && tls.mode() != said) {
      section.fault(
          "Mode",
          "says %s but MysqlConn's tls says %s; keep one of them"
              .formatted(Choice.word(tls.mode()), Choice.word(said)));
    }
    return tls;
  }
}
