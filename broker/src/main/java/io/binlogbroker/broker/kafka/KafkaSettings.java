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
 * Where Kafka is and how a group uses it.
 *
 * @param group served; names the transactional ids and the key of the position
 * @param addresses {@code host:port} of Kafka brokers to begin with
 * @param delivery what a consumer may rely on
 * @param positionsTopic compacted topic of one partition, shared by groups
 * @param topics how missing topics are made
 * @param onOversize what becomes of a message that is too large for its topic
 * @param properties the user's own for Kafka's clients, see {@link KafkaProperties#faults}
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

  /** One that stops at a message that is too large. */
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

  /** The same, but for where positions are. */
  public KafkaSettings withPositionsTopic(String topic) {
    return new KafkaSettings(group, addresses, delivery, topic, topics, onOversize, properties);
  }

  /**
   * Looks at the user's properties.
   *
   * @throws ConfigException with everything that is wrong with them
   */
  public void requireSound() {
    List<Fault> faults =
        KafkaProperties.faults(properties).stream()
            .map(fault -> new Fault("Kafka", fault))
            .toList();
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }

  /** By which Kafka's logs and metrics know the group's clients. */
  String clientId() {
    return CLIENT + group;
  }

  /**
   * The identities under which Kafka lets one producer of the group live each, in the order in
   * which they are taken; no group's name contains a slash.
   */
  List<String> transactionalIds() {
    return List.of(clientId(), clientId() + SECOND);
  }

  /** The group that has this transactional id; null when no group can have it. */
  static @Nullable String groupOf(String transactionalId) {
    if (!transactionalId.startsWith(CLIENT)) {
      return null;
    }
    String group = transactionalId.substring(CLIENT.length());
    return group.endsWith(SECOND) ? group.substring(0, group.length() - SECOND.length()) : group;
  }

  /** Without the properties' values, which may hold passwords. */
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
