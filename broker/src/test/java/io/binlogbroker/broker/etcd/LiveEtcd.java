package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.Position;
import io.binlogbroker.broker.relay.PositionStore;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.testkit.EtcdServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /** Saves through a connection that may have to be made anew first. */
  static boolean saveOnceReached(PositionStore store, Position position)
      throws InterruptedException {
    return onceReached(() -> store.save(position));
  }

  /** Asks through a connection that may have to be made anew first. */
  static <T extends @Nullable Object> T onceReached(Supplier<T> question)
      throws InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        return question.get();
      } catch (RelayException e) {
        if (e.exitCode() != ExitCode.UNREACHABLE) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("Expected etcd to be reached again");
  }

  @Override
  public void close() {
    open.forEach(EtcdConnection::close);
  }
}
