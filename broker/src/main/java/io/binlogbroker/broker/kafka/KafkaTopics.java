package io.binlogbroker.broker.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
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
    if (topic != null) {
      return topic;
    }
    prepare(Set.of(name));
    return known(name);
  }

  /** The topic as it is now: an operator may have changed its limit. */
  KafkaTopic again(String name) {
    prepare(Set.of(name));
    return known(name);
  }

  /** Looks at these topics together and makes those that are missing. */
  void prepare(Collection<String> names) {
    Map<String, TopicDescription> found = admin.describe(names);
    for (String name : names) {
      TopicDescription description = found.get(name);
      KafkaTopic topic = description == null ? made(name) : existing(description);
      ready.put(name, topic);
    }
  }

  private KafkaTopic known(String name) {
    KafkaTopic topic = ready.get(name);
    if (topic == null) {
      throw new IllegalStateException("Topic " + name + " was prepared but is not known");
    }
    return topic;
  }

  /** Looks again after making it: a broker's automatic creation may have been faster. */
  private KafkaTopic made(String name) {
    admin.create(name, settings, Map.of());
    TopicDescription description = admin.describe(List.of(name)).get(name);
    if (description == null) {
      // The server asked has not heard of it yet; the producer waits for it by itself.
      return new KafkaTopic(name, settings.partitions(), KafkaTopic.UNKNOWN);
    }
    LOG.info("Created topic {} with {} partitions", name, description.partitions().size());
    return existing(description);
  }

  private KafkaTopic existing(TopicDescription description) {
    String name = description.name();
    int partitions = description.partitions().size();
    int declared = settings.partitions();
    if (declared != TopicSettings.BROKER_DEFAULT && declared != partitions) {
      LOG.warn(
          "Topic {} has {} partitions, not the {} declared; it is used as it is, because another"
              + " number would move keys to other partitions",
          name,
          partitions,
          declared);
    }
    String limit = admin.topicConfig(name, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    return new KafkaTopic(
        name, partitions, limit == null ? KafkaTopic.UNKNOWN : Long.parseLong(limit));
  }
}
