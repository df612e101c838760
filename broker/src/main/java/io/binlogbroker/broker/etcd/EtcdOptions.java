package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.EtcdTls;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connection settings of etcd; never prints the password.
 *
 * @param endpoints each as host:port
 * @param user null without authentication; then the password is null, too
 * @param tls null for unencrypted connections
 * @param requestTimeout how long to wait for an answer
 */
public record EtcdOptions(
    List<String> endpoints,
    @Nullable String user,
    @Nullable String password,
    @Nullable EtcdTls tls,
    Duration requestTimeout) {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

  public EtcdOptions {
    endpoints = List.copyOf(endpoints);
  }

  public static EtcdOptions of(EtcdConfig config) {
    return new EtcdOptions(
        config.etcdAddr(),
        config.etcdUser(),
        config.etcdPassword(),
        config.etcdTls(),
        REQUEST_TIMEOUT);
  }

  /** Names the servers in messages. */
  @Override
  public String toString() {
    return "etcd at " + String.join(",", endpoints);
  }
}
