package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.Position;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a group's committed position without disturbing the running broker. One thread. */
public final class KafkaPositions {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KafkaSettings settings;

  public KafkaPositions(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * The last committed position; null if there is none.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when Kafka cannot be reached
   */
  public @Nullable Position last() {
    return in(settings.positionsTopic());
  }

  /** Like {@link #last}, from another positions topic, such as a former one. */
  public @Nullable Position in(String positionsTopic) {
    KafkaFailures failures = new KafkaFailures(settings);
    KafkaProperties properties = new KafkaProperties(settings);
    PositionsTopic topic =
        new PositionsTopic(
            settings.withPositionsTopic(positionsTopic), failures, Clock.systemUTC());
    try (KafkaAdmin admin = KafkaAdmin.of(properties, failures, TIMEOUT)) {
      return topic.last(admin, properties).position();
    }
  }
}
