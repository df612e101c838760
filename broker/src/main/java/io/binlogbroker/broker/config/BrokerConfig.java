package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.alert.AlertConfig;
import io.binlogbroker.broker.config.section.ByteSize;
import io.binlogbroker.broker.config.section.Section;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the broker itself and of Kafka; {@code docs/config.md} has the meaning of
 * each key. In the text all keys are on one level, whatever record holds them here.
 *
 * @param alert null for no alerts
 * @param otlp where the process pushes its metrics to; null for nowhere
 * @param maxEventSize largest binary log event that is accepted
 * @param startTimeout how long to retry servers that cannot be reached at startup
 */
public record BrokerConfig(
    LogConfig log,
    AdminConfig admin,
    KafkaConfig kafka,
    CommitConfig commit,
    FormatConfig messages,
    @Nullable AlertConfig alert,
    @Nullable OtlpConfig otlp,
    EtcdConfig etcd,
    String stateDir,
    ByteSize maxEventSize,
    Duration startTimeout) {
  /** MySQL's own limit for max_allowed_packet. */
  private static final long LARGEST_IN_MYSQL = 1L << 30;

  private static final long SMALLEST_EVENT = 1024;
  private static final int HEAP_SHARE = 4;

  static @Nullable BrokerConfig from(Section section) {
    LogConfig log = LogConfig.from(section);
    KafkaConfig kafka = KafkaConfig.from(section);
    AdminConfig admin = AdminConfig.from(section);
    CommitConfig commit = CommitConfig.from(section);
    FormatConfig messages = FormatConfig.from(section);
    AlertConfig alert = AlertConfig.from(section);
    OtlpConfig otlp = OtlpConfig.from(section);
    EtcdConfig etcd = EtcdConfig.from(section);
    String stateDir = section.text("StateDir", "./state/");
    ByteSize maxEventSize = section.size("MaxEventSize", largestEvent());
    Duration startTimeout = section.duration("StartTimeout", Duration.ofSeconds(60));
    section.require(!stateDir.isBlank(), "StateDir", "expected a folder, got an empty string");
    section.require(
        maxEventSize.bytes() >= SMALLEST_EVENT,
        "MaxEventSize",
        "expected 1KiB or more, got " + maxEventSize);
    if (log == null || admin == null || kafka == null || commit == null) {
      return null;
    }
    return new BrokerConfig(
        log,
        admin,
        kafka,
        commit,
        messages,
        alert,
        otlp,
        etcd,
        stateDir,
        maxEventSize,
        startTimeout);
  }

  /**
   * An event is in memory several times: as received, as a message and in Kafka's buffer. The limit
   * keeps a server from filling the heap.
   */
  private static ByteSize largestEvent() {
    long quarter = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    return new ByteSize(Math.min(LARGEST_IN_MYSQL, Math.max(SMALLEST_EVENT, quarter)));
  }

  /** A copy with another {@code RPCListen}. */
  BrokerConfig withListenAddress(String address) {
    return with(admin.withListenAddress(address), etcd);
  }

  /** A copy with this etcd's connection settings, keeping those of the election. */
  public BrokerConfig withEtcd(EtcdConfig other) {
    return with(admin, other.withElectionOf(etcd));
  }

  private BrokerConfig with(AdminConfig newAdmin, EtcdConfig newEtcd) {
    return new BrokerConfig(
        log,
        newAdmin,
        kafka,
        commit,
        messages,
        alert,
        otlp,
        newEtcd,
        stateDir,
        maxEventSize,
        startTimeout);
  }
}
