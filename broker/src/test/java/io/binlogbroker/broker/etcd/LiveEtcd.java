package io.binlogbroker.broker.etcd;

import io.binlogbroker.testkit.EtcdServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connections to real etcd servers, closed together at a test's end. */
final class LiveEtcd implements AutoCloseable {
  static final EtcdKeys KEYS = new EtcdKeys("db_mall");
  static final Duration TTL = Duration.ofSeconds(2);

  private final List<String> addresses;
  private final List<EtcdConnection> open = new ArrayList<>();

  LiveEtcd(List<String> addresses) {
    this.addresses = addresses;
  }

  static LiveEtcd of(EtcdServer server) {
    return new LiveEtcd(List.of(server.address()));
  }

  EtcdConnection connection() {
    return connection(new EtcdOptions(addresses, null, null, null, Duration.ofSeconds(3)));
  }

  EtcdConnection connection(EtcdOptions options) {
    EtcdConnection connection = new EtcdConnection(options);
    open.add(connection);
    return connection;
  }

  /** As a broker of its own would have it, over its own connection. */
  EtcdElection election() {
    return new EtcdElection(connection(), KEYS, TTL, Clock.systemUTC());
  }

  @Override
  public void close() {
    open.forEach(EtcdConnection::close);
  }
}
