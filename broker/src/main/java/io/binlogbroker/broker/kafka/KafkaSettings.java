package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.config.KafkaConfig;
import io.binlogbroker.broker.config.OnOversize;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's addresses and how a group uses it.
 *
 * @param group served; names the transactional ids and the key of the position
 * @param addresses bootstrap addresses, each {@code host:port}
 * @param delivery the delivery guarantee
 * @param positionsTopic compacted topic of one partition, shared by groups
 * @param topics settings of topics to create
 * @param onOversize what is done with a message that is too large for its topic
 * @param properties the user's properties for Kafka's clients, see {@link KafkaProperties#faults}
 */
public record KafkaSettings(
    String group,
    List<String> addresses,
    Delivery delivery,
    String positionsTopic,
    TopicSettings topics,
    OnOversize onOversize,
    Map<String, String> properties) {
  public static final String POSITIONS_TOPIC = "binlogbroker.positions";
  private static final String CLIENT = "binlogbroker-";
  private static final String SECOND = "/2";

  public KafkaSettings {
    addresses = List.copyOf(addresses);
    properties = Map.copyOf(properties);
  }

  /** Settings that stop at a message that is too large. */
  public KafkaSettings(
      String group,
      List<String> addresses,
      Delivery delivery,
      String positionsTopic,
      TopicSettings topics,
      Map<String, String> properties) {
    this(group, addresses, delivery, positionsTopic, topics, OnOversize.STOP, properties);
  }

  public static KafkaSettings of(String group, KafkaConfig config) {
    return new KafkaSettings(
        group,
        config.kafkaAddr(),
        config.delivery(),
        config.positionsTopic(),
        new TopicSettings(config.partitions(), config.replication()),
        config.onOversize(),
        config.kafka());
  }

  /** The same clients for another Kafka. */
  public KafkaSettings withAddresses(List<String> others) {
    return new KafkaSettings(
        group, others, delivery, positionsTopic, topics, onOversize, properties);
  }

  /** A copy with another positions topic. */
  KafkaSettings withPositionsTopic(String topic) {
    return new KafkaSettings(group, addresses, delivery, topic, topics, onOversize, properties);
  }

  /**
   * Checks the user's properties.
   *
   * @throws ConfigException with everything that is wrong with them
   */
  public void requireValid() {
    List<Fault> faults =
        KafkaProperties.faults(properties).stream()
            .map(fault -> new Fault("Kafka", fault))
            .toList();
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }

  /** The client id in Kafka's logs and metrics. */
  String clientId() {
    return CLIENT + group;
  }

  /**
   * The transactional ids of the group, each for one producer, in the order of use; no group's name
   * contains a slash.
   */
  List<String> transactionalIds() {
    return List.of(clientId(), clientId() + SECOND);
  }

  /** The group with this transactional id; null if it is not one of ours. */
  static @Nullable String groupOf(String transactionalId) {
    if (!transactionalId.startsWith(CLIENT)) {
      return null;
    }
    String group = transactionalId.substring(CLIENT.length());
    return group.endsWith(SECOND) ? group.substring(0, group.length() - SECOND.length()) : group;
  }

  /** Omits the properties' values, which may be passwords. */
  @Override
  public String toString() {
    return "KafkaSettings[group="
        + group
        + ", addresses="
        + addresses
        + ", delivery="
        + delivery
        + ", positionsTopic="
        + positionsTopic
        + ", topics="
        + topics
        + ", properties="
        + properties.keySet()
        + "]";
  }
}
