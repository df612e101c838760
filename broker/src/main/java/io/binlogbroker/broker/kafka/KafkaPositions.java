package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.Position;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a group's committed position without disturbing the broker that commits it. One thread. */
public final class KafkaPositions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaSettings settings;

  public KafkaPositions(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * The position committed last; null when there is none.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when Kafka cannot be asked
   */
  public @Nullable Position last() {
    return in(settings.positionsTopic());
  }

  /** As {@link #last}, of a topic that has the positions or once had them. */
  public @Nullable Position in(String positionsTopic) {
    KafkaFailures failures = new KafkaFailures(settings);
    KafkaProperties properties = new KafkaProperties(settings);
    PositionsTopic topic =
        new PositionsTopic(
            settings.withPositionsTopic(positionsTopic), failures, Clock.systemUTC());
    try (KafkaAdmin admin = KafkaAdmin.of(properties, failures, PATIENCE)) {
      return topic.last(admin, properties, PATIENCE);
    }
  }
}
