package io.binlogbroker.broker.config.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration keys and whether their values may be shown. A key that is not listed here is
 * treated as secret. Stateless.
 */
public final class KnownKeys {
  /** Paths without list indexes; {@code *} matches any name. */
  private static final Set<String> HARMLESS =
      Set.of(
          "LogDir",
          "LogFile",
          "KafkaAddr",
          "RPCListen",
          "RPCHosts",
          "RPCTls.CertFile",
          "RPCTls.KeyFile",
          "StateDir",
          "Delivery",
          "CommitInterval",
          "CommitSize",
          "CommitMaxSize",
          "MaxEventSize",
          "Partitions",
          "Replication",
          "PositionsTopic",
          "DdlTopic",
          "OnOversize",
          "StartTimeout",
          "Format",
          "CanalEnumAsNumber",
          "Alert.MaxLag",
          "Alert.MinTimeToPurge",
          "Otlp.Url",
          "Otlp.Step",
          "EtcdAddr",
          "EtcdUser",
          "EtcdTls.CaFile",
          "EtcdTls.CertFile",
          "EtcdTls.KeyFile",
          "LeaseTtl",
          "AutoRebalance",
          "SyncAll",
          "Sources.Schema",
          "Sources.Format",
          "Sources.Snapshot",
          "Sources.Tables.Table",
          "Sources.Tables.Topic",
          "Sources.Tables.Key",
          "Sources.Tables.Format",
          "Sources.Tables.Columns.Include",
          "Sources.Tables.Columns.Exclude",
          "Sources.Tables.Mask.*",
          "Sources.Tables.Tombstones",
          "Sources.Tables.Snapshot",
          "Sources.Tables.SnapshotWhere",
          "BlackList",
          "ServerId",
          "Heartbeat",
          "Tls.Mode",
          "Tls.CaFile",
          "Tls.CertFile",
          "Tls.KeyFile",
          "AllowPublicKeyRetrieval",
          "AllowCleartextPasswords",
          "ServerPublicKeyFile",
          "OnLostPosition",
          "OnStatementEvent",
          "OnSchemaMismatch",
          "Snapshot",
          "SnapshotWorkers",
          "SnapshotRate",
          "SnapshotMaxLag",
          "SnapshotMaxThreadsRunning",
          "SnapshotTrackerSize",
          "SnapshotMargin");

  /** Shown masked or not at all. */
  private static final Set<String> SECRET =
      Set.of(
          "MysqlConn",
          "Kafka",
          "EtcdPassword",
          "MaskSalt",
          "AdminToken",
          "Alert.Url",
          "Alert.Template",
          "Otlp.Headers");

  private static final Set<String> SHOWN =
      HARMLESS.stream().map(KnownKeys::lower).collect(Collectors.toUnmodifiableSet());

  private static final Map<String, String> SPELLINGS =
      Stream.concat(Stream.of("BrokerConfig", "SourceConfig"), all())
          .flatMap(path -> Stream.of(path.split("\\.", -1)))
          .distinct()
          .collect(Collectors.toUnmodifiableMap(KnownKeys::lower, key -> key));

  private static final int LONGEST_NAME = 64;

  private KnownKeys() {}

  /** All paths. */
  public static Stream<String> all() {
    return Stream.concat(HARMLESS.stream(), SECRET.stream());
  }

  /**
   * Whether a key's value is never secret.
   *
   * @param path as in {@code Sources.Tables.Key}, in any case
   */
  public static boolean isHarmless(String path) {
    String lower = lower(path);
    int last = lower.lastIndexOf('.') + 1;
    return SHOWN.contains(lower) || SHOWN.contains(lower.substring(0, last) + "*");
  }

  /** A key as documented; {@code ?} for an unknown one. */
  static String knownSpelling(String key) {
    return SPELLINGS.getOrDefault(lower(key), "?");
  }

  /** A key as written; {@code ?} if it is not a name and may be a misplaced value. */
  public static String shown(String key) {
    boolean isName =
        key.length() <= LONGEST_NAME
            && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-.$ ".indexOf(c) >= 0);
    return isName ? key : "?";
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
