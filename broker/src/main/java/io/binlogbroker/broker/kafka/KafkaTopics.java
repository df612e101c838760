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
 * Creates missing topics before anything is sent to them, so that Kafka does not auto-create them
 * with other settings. Belongs to the sink's thread.
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

  /** The topic, looked up or created on first use. */
  KafkaTopic get(String name) {
    KafkaTopic topic = ready.get(name);
    return topic == null ? refresh(name) : topic;
  }

  /** The topic, described again: an operator may have changed its limit. */
  KafkaTopic refresh(String name) {
    prepare(Set.of(name));
    return known(name);
  }

  /**
   * Prepares new topics together. A topic that fails here is looked up again for its first message,
   * and fails there with the message's place.
   */
  void prepareNew(Collection<String> names) {
    List<String> unknown = names.stream().filter(name -> !ready.containsKey(name)).toList();
    if (unknown.size() < 2) {
      return;
    }
    try {
      prepare(unknown);
    } catch (DeliveryException e) {
      LOG.debug("Topics could not be prepared together; they are looked up one by one", e);
    }
  }

  /** Describes these topics together and creates the missing ones. */
  private void prepare(Collection<String> names) {
    Map<String, TopicDescription> found = new HashMap<>(admin.describe(names));
    List<String> missing = names.stream().filter(name -> !found.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      found.putAll(created(missing));
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
      throw new IllegalStateException("Topic " + name + " was prepared but is missing");
    }
    return topic;
  }

  /** Describes them again after creation: Kafka's auto-creation may have been faster. */
  private Map<String, TopicDescription> created(Collection<String> names) {
    admin.create(names, settings, Map.of());
    Map<String, TopicDescription> created = admin.describe(names);
    admin.awaitLeaders(created.values().stream().flatMap(KafkaTopics::partitions).toList());
    created
        .values()
        .forEach(
            topic ->
                LOG.info(
                    "Created topic {} with {} partitions",
                    topic.name(),
                    topic.partitions().size()));
    return created;
  }

  private static Stream<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()));
  }

  /**
   * @param description null if the queried server does not know it yet; the producer waits for it
   */
  private KafkaTopic topic(
      String name, @Nullable TopicDescription description, @Nullable String limit) {
    int declared = settings.partitions();
    int partitions = description == null ? declared : description.partitions().size();
    if (declared != TopicSettings.BROKER_DEFAULT && declared != partitions) {
      LOG.warn(
          "Topic {} has {} partitions, not the {} declared; it is not changed, because another"
              + " number would move keys to other partitions",
          name,
          partitions,
          declared);
    }
    return new KafkaTopic(
        name, partitions, limit == null ? KafkaTopic.UNKNOWN : Long.parseLong(limit));
  }
}
