package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a topic exists before anything is sent to it, so that no broker makes one up with
 * settings nobody declared. Belongs to the sink's thread.
 */
final class KafkaTopics {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);

  private final KafkaAdmin admin;
  private final TopicSettings settings;
  private final Map<String, KafkaTopic> ready = new HashMap<>();

  KafkaTopics(KafkaAdmin admin, TopicSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /** The topic, looked up or made when first met. */
  KafkaTopic get(String name) {
    KafkaTopic topic = ready.get(name);
    return topic == null ? again(name) : topic;
  }

  /** The topic as it is now: an operator may have changed its limit. */
  KafkaTopic again(String name) {
    prepare(Set.of(name));
    return known(name);
  }

  /**
   * Prepares those topics together that were not met yet. What fails here is asked for again when a
   * message for it comes, and fails there with the message's place.
   */
  void lookAhead(Collection<String> names) {
    List<String> unknown = names.stream().filter(name -> !ready.containsKey(name)).toList();
    if (unknown.size() < 2) {
      return;
    }
    try {
      prepare(unknown);
    } catch (DeliveryException e) {
      LOG.debug("Topics are looked up one by one", e);
    }
  }

  /** Looks at these topics together and makes those that are missing. */
  private void prepare(Collection<String> names) {
    Map<String, TopicDescription> found = new HashMap<>(admin.describe(names));
    List<String> missing = names.stream().filter(name -> !found.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      found.putAll(made(missing));
    }
    Map<String, String> limits =
        admin.topicConfigs(found.keySet(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    for (String name : names) {
      ready.put(name, topic(name, found.get(name), limits.get(name)));
    }
  }

  private KafkaTopic known(String name) {
    KafkaTopic topic = ready.get(name);
    if (topic == null) {
      throw new IllegalStateException("Topic " + name + " was prepared but is not known");
    }
    return topic;
  }

  /** Looks again after making them: a broker's automatic creation may have been faster. */
  private Map<String, TopicDescription> made(Collection<String> names) {
    admin.create(names, settings, Map.of());
    Map<String, TopicDescription> made = admin.describe(names);
    admin.awaitLeaders(made.values().stream().flatMap(KafkaTopics::partitions).toList());
    made.values()
        .forEach(
            topic ->
                LOG.info(
                    "Created topic {} with {} partitions",
                    topic.name(),
                    topic.partitions().size()));
    return made;
  }

  private static Stream<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()));
  }

  /**
   * @param description null when the server asked has not heard of it yet; the producer waits for
   *     it by itself
   */
  private KafkaTopic topic(
      String name, @Nullable TopicDescription description, @Nullable String limit) {
    int declared = settings.partitions();
    int partitions = description == null ? declared : description.partitions().size();
    if (declared != TopicSettings.BROKER_DEFAULT && declared != partitions) {
      LOG.warn(
          "Topic {} has {} partitions, not the {} declared; it is used as it is, because another"
              + " number would move keys to other partitions",
          name,
          partitions,
          declared);
    }
    return new KafkaTopic(
        name, partitions, limit == null ? KafkaTopic.UNKNOWN : Long.parseLong(limit));
  }
}
