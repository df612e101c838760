package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.model.Position;
import java.util.function.Consumer;

/**
 * Takes what is measured of a {@link KafkaChangeSink}.
 *
 * @param trimmed counts rows that are delivered without their largest columns
 * @param deadLettered counts rows that are sent in pieces to the dead-letter topic
 * @param committed called with each durable position, on the sink's thread or on Kafka's; must not
 *     block
 */
public record SinkMetrics(Counter trimmed, Counter deadLettered, Consumer<Position> committed) {
  /** Takes everything and shows nothing. */
  static SinkMetrics none() {
    return new SinkMetrics(new Counter(), new Counter(), position -> {});
  }
}
