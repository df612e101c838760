package io.binlogbroker.cli.position;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionDecision;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.Served;
import io.binlogbroker.broker.kafka.KafkaPositions;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;

/** Copies a group's position from Kafka to a store, in the same epoch. */
public final class KafkaTakeover {
  private final KafkaSettings kafka;

  private KafkaTakeover(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  public static KafkaTakeover of(String group, Config config) {
    return new KafkaTakeover(KafkaSettings.of(group, config.broker().kafka()));
  }

  /** Whether Kafka has a position. */
  public boolean isPossible() {
    return new KafkaPositions(kafka).last() != null;
  }

  /**
   * Stores Kafka's position.
   *
   * @throws DeliveryException when Kafka has none, or the store is changed concurrently
   */
  public Position into(PositionStore store) {
    Position position = new KafkaPositions(kafka).last();
    if (position == null) {
      throw DeliveryException.fatal(
          FailureKind.POSITION_LOST,
          "Not set: Kafka's topic "
              + kafka.positionsTopic()
              + " has no position of "
              + kafka.group()
              + "; if the group used another topic, set \"PositionsTopic\" to it first");
    }
    PositionDecision.readable(store); // save then replaces this position
    if (!store.save(position)) {
      throw DeliveryException.retriable(
          FailureKind.FENCED, "Not set: the position was set or removed concurrently", null);
    }
    Served served = PositionDecision.servedOrFirst(store, kafka.positionsTopic());
    store.saveServed(served.with(kafka.positionsTopic(), position.epoch()));
    return position;
  }
}
