package io.binlogbroker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.Served;
import io.binlogbroker.broker.kafka.KafkaPositions;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;

/** Lets a store take over the position that Kafka has of a group, in the same epoch. */
final class KafkaTakeover {
  private final KafkaSettings kafka;

  private KafkaTakeover(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  static KafkaTakeover of(String group, Config config) {
    return new KafkaTakeover(KafkaSettings.of(group, config.broker().kafka()));
  }

  /** Whether Kafka has one. */
  boolean isPossible() {
    return new KafkaPositions(kafka).last() != null;
  }

  /**
   * Stores what Kafka has.
   *
   * @throws DeliveryException when Kafka has none, or somebody else changes the store
   */
  Position into(PositionStore store) {
    Position position = new KafkaPositions(kafka).last();
    if (position == null) {
      throw DeliveryException.fatal(
          FailureKind.POSITION_LOST,
          "Not set: Kafka's topic "
              + kafka.positionsTopic()
              + " has no position of "
              + kafka.group()
              + "; if the group used another topic, set \"PositionsTopic\" to that one first");
    }
    PositionCommand.look(store); // what it replaces
    if (!store.save(position)) {
      throw DeliveryException.retriable(
          FailureKind.FENCED, "Not set: somebody else set or removed the position just now", null);
    }
    Served served = PositionCommand.servedOrFirst(store, kafka.positionsTopic());
    store.saveServed(served.with(kafka.positionsTopic(), position.epoch()));
    return position;
  }
}
