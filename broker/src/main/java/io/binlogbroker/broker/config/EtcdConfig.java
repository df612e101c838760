package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.HostPort;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connection settings of etcd; never prints the password.
 *
 * @param etcdAddr empty where etcd is not used
 * @param etcdTls null for unencrypted connections
 * @param leaseTtl time without a renewal after which a master is replaced, in whole seconds
 * @param autoRebalance whether brokers spread the masterships of several groups over their
 *     processes
 */
public record EtcdConfig(
    List<String> etcdAddr,
    @Nullable String etcdUser,
    @Nullable String etcdPassword,
    @Nullable EtcdTls etcdTls,
    Duration leaseTtl,
    boolean autoRebalance)
    implements FlatPart {
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(5);

  /**
   * A shorter lease would expire in an ordinary pause of a garbage collector, a disk or a network.
   */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

  public EtcdConfig {
    etcdAddr = List.copyOf(etcdAddr);
    Faults faults = new Faults();
    HostPort.check(faults, "EtcdAddr", etcdAddr, "localhost:2379");
    faults.require(
        etcdPassword == null || etcdUser != null, "EtcdUser", "missing; EtcdPassword needs it");
    faults.require(
        etcdUser == null || etcdPassword != null, "EtcdPassword", "missing; EtcdUser needs it");
    faults.require(
        leaseTtl.compareTo(SHORTEST_LEASE) >= 0 && leaseTtl.toMillis() % 1000 == 0,
        "LeaseTtl",
        "expected whole seconds, 2s or more, such as \"5s\"");
    faults.throwIfAny();
  }

  /** With the defaults for the election. */
  public EtcdConfig(
      List<String> etcdAddr,
      @Nullable String etcdUser,
      @Nullable String etcdPassword,
      @Nullable EtcdTls etcdTls) {
    this(etcdAddr, etcdUser, etcdPassword, etcdTls, DEFAULT_LEASE, true);
  }

  /** The addresses in a text such as {@code etcd1:2379,etcd2:2379}. */
  public static List<String> addresses(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  static EtcdConfig from(Section section) {
    List<String> addresses = section.textsOrOne("EtcdAddr", EtcdConfig::addresses);
    String user = section.optionalText("EtcdUser");
    String password = section.secret("EtcdPassword", Function.identity(), "");
    EtcdTls tls = EtcdTls.from(section);
    Duration leaseTtl = section.duration("LeaseTtl", DEFAULT_LEASE);
    boolean autoRebalance = section.flag("AutoRebalance", true);
    EtcdConfig config =
        section.make(
            () ->
                new EtcdConfig(
                    addresses,
                    user,
                    password.isEmpty() ? null : password,
                    tls,
                    leaseTtl,
                    autoRebalance));
    return config != null ? config : new EtcdConfig(List.of(), null, null, null);
  }

  /** A copy with the other's addresses, and with its user and TLS if it has any. */
  EtcdConfig with(EtcdConfig other) {
    boolean hasUser = other.etcdUser != null;
    return new EtcdConfig(
        other.etcdAddr,
        hasUser ? other.etcdUser : etcdUser,
        hasUser ? other.etcdPassword : etcdPassword,
        other.etcdTls != null ? other.etcdTls : etcdTls,
        leaseTtl,
        autoRebalance);
  }

  /** A copy with what is not about the connection from another one. */
  EtcdConfig withElectionOf(EtcdConfig other) {
    return new EtcdConfig(
        etcdAddr, etcdUser, etcdPassword, etcdTls, other.leaseTtl, other.autoRebalance);
  }

  /** Whether any address is given. */
  public boolean isGiven() {
    return !etcdAddr.isEmpty();
  }

  @Override
  public String toString() {
    String user = etcdUser == null ? "" : etcdUser + ":***@";
    return "EtcdConfig[" + user + String.join(",", etcdAddr) + "]";
  }
}
