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
 * Finds servers that Kafka advertises under addresses that cannot be reached: its clients find out
 * no more than that nobody answers, so what is seen in the end is a client's timeout. One thread.
 */
final class AdvertisedAddresses {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String bootstrap;
  private final Supplier<Collection<Node>> advertised;

  /**
   * @param bootstrap addresses that the user configured
   * @param advertised the servers that are named there; none when nobody answers
   */
  AdvertisedAddresses(String bootstrap, Supplier<Collection<Node>> advertised) {
    this.bootstrap = bootstrap;
    this.advertised = advertised;
  }

  static AdvertisedAddresses of(KafkaProperties properties) {
    return of(properties, PATIENCE);
  }

  static AdvertisedAddresses of(KafkaProperties properties, Duration patience) {
    BootstrapServers servers = new BootstrapServers(properties, patience);
    return new AdvertisedAddresses(servers.addresses(), servers::advertised);
  }

  /** Of a Kafka that is not asked for them. */
  static AdvertisedAddresses notAsked() {
    return new AdvertisedAddresses("", List::of);
  }

  /** The first server that cannot be reached; null when there is none to be seen. */
  @Nullable UnreachableServer unreachable() {
    return UnreachableServer.among(bootstrap, advertised.get());
  }

  /**
   * The failure together with the server that is behind it, where it is a timeout and there is one.
   */
  DeliveryException explained(DeliveryException told, Throwable failure) {
    if (!told.isRetriable() || !isTimeout(failure)) {
      return told;
    }
    UnreachableServer server = unreachable();
    return server == null
        ? told
        : DeliveryException.retriable(
            told.kind(), told.getMessage() + ". " + server.message(), failure);
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException
        || failure instanceof org.apache.kafka.common.errors.TimeoutException;
  }
}
