package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.testkit.EtcdServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Connections to real etcd servers, closed together after a test. A test class with a constructor
 * parameter of this type, or of the server's, shares the {@link LiveServers}' etcd and leaves it
 * empty.
 */
final class LiveEtcd implements AutoCloseable {
  static final EtcdKeys KEYS = new EtcdKeys("db_mall");
  static final Duration TTL = Duration.ofSeconds(2);

  private final List<String> addresses;
  private final Runnable end;
  private final List<EtcdConnection> open = new ArrayList<>();

  LiveEtcd(List<String> addresses) {
    this(addresses, () -> {});
  }

  private LiveEtcd(List<String> addresses, Runnable end) {
    this.addresses = addresses;
    this.end = end;
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

  /** An election over its own connection, like that of another broker. */
  EtcdElection election() {
    return new EtcdElection(connection(), KEYS, TTL, Clock.systemUTC());
  }

  /** An election in which another process takes part. */
  EtcdElection election(BrokerProcess process) {
    return election(process, KEYS);
  }

  EtcdElection election(BrokerProcess process, EtcdKeys keys) {
    return new EtcdElection(connection(), keys, TTL, Clock.systemUTC(), process);
  }

  /** Saves over a connection that may have to be recreated first. */
  static boolean saveOnceReached(PositionStore store, Position position)
      throws InterruptedException {
    return onceReached(() -> store.save(position));
  }

  /** Reads over a connection that may have to be recreated first. */
  static <T extends @Nullable Object> T onceReached(Supplier<T> question)
      throws InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        return question.get();
      } catch (DeliveryException e) {
        if (e.kind() != FailureKind.UNREACHABLE) {
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
    end.run();
  }

  /** Gives a test the shared etcd and deletes the test's keys afterwards. */
  static final class Provider implements ParameterResolver {
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
      return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      Class<?> type = parameter.getParameter().getType();
      return type == LiveEtcd.class || type == EtcdServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      EtcdServer server = LiveServers.of(test).etcd();
      if (parameter.getParameter().getType() == EtcdServer.class) {
        return server;
      }
      // The store closes it after the test.
      return test.getStore(ExtensionContext.Namespace.create(LiveEtcd.class))
          .computeIfAbsent(LiveEtcd.class, type -> emptied(server), LiveEtcd.class);
    }

    private static LiveEtcd emptied(EtcdServer server) {
      return new LiveEtcd(List.of(server.address()), server.gateway()::deleteAll);
    }
  }
}
