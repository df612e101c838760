package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/**
 * Finds servers whose advertised addresses cannot be reached: Kafka's clients only report a timeout
 * for them. One thread.
 */
final class AdvertisedAddresses {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final String bootstrap;
  private final Supplier<Collection<Node>> advertised;

  /**
   * @param bootstrap the configured addresses
   * @param advertised the servers that Kafka advertises; none if it does not answer
   */
  AdvertisedAddresses(String bootstrap, Supplier<Collection<Node>> advertised) {
    this.bootstrap = bootstrap;
    this.advertised = advertised;
  }

  static AdvertisedAddresses of(KafkaProperties properties) {
    return of(properties, TIMEOUT);
  }

  static AdvertisedAddresses of(KafkaProperties properties, Duration timeout) {
    BootstrapServers servers = new BootstrapServers(properties, timeout);
    return new AdvertisedAddresses(servers.addresses(), servers::advertised);
  }

  /** An instance that never looks for unreachable servers. */
  static AdvertisedAddresses disabled() {
    return new AdvertisedAddresses("", List::of);
  }

  /** The first server that cannot be reached; null if none is found. */
  @Nullable UnreachableServer unreachable() {
    return UnreachableServer.among(bootstrap, advertised.get());
  }

  /**
   * The failure with the unreachable server that explains it, if it is a timeout and there is one.
   */
  DeliveryException explained(DeliveryException failureSoFar, Throwable failure) {
    if (!failureSoFar.isRetriable() || !isTimeout(failure)) {
      return failureSoFar;
    }
    UnreachableServer server = unreachable();
    return server == null
        ? failureSoFar
        : DeliveryException.retriable(
            failureSoFar.kind(), failureSoFar.getMessage() + ". " + server.message(), failure);
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException
        || failure instanceof org.apache.kafka.common.errors.TimeoutException;
  }
}
