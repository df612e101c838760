package io.binlogbroker.broker.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How etcd is reached; never prints the password.
 *
 * @param etcdAddr empty where etcd is not used
 * @param etcdTls null for unencrypted connections
 */
public record EtcdConfig(
    List<String> etcdAddr,
    @Nullable String etcdUser,
    @Nullable String etcdPassword,
    @Nullable EtcdTls etcdTls) {
  public EtcdConfig {
    etcdAddr = List.copyOf(etcdAddr);
    Faults faults = new Faults();
    HostPort.check(faults, "EtcdAddr", etcdAddr, "localhost:2379");
    faults.require(
        etcdPassword == null || etcdUser != null, "EtcdUser", "missing; EtcdPassword needs it");
    faults.require(
        etcdUser == null || etcdPassword != null, "EtcdPassword", "missing; EtcdUser needs it");
    faults.throwIfAny();
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
    EtcdConfig config =
        section.make(
            () -> new EtcdConfig(addresses, user, password.isEmpty() ? null : password, tls));
    return config != null ? config : new EtcdConfig(List.of(), null, null, null);
  }

  /** The same at the other's addresses, and by the other's user and encryption if it has any. */
  EtcdConfig with(EtcdConfig other) {
    boolean hasUser = other.etcdUser != null;
    return new EtcdConfig(
        other.etcdAddr,
        hasUser ? other.etcdUser : etcdUser,
        hasUser ? other.etcdPassword : etcdPassword,
        other.etcdTls != null ? other.etcdTls : etcdTls);
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
