package io.binlogbroker.broker.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Finds topics that take no message since too few of their copies are in sync: Kafka refuses each
 * try with an error that its client retries, so what is seen in the end is a client's timeout. One
 * thread.
 */
final class InSyncReplicas {
  /** Where Kafka itself keeps what it knows of transactions. */
  static final String TRANSACTIONS = "__transaction_state";

  private final KafkaAdmin admin;

  InSyncReplicas(KafkaAdmin admin) {
    this.admin = admin;
  }

  /**
   * The first shortage among topics, with what to do; null when there is none to be seen.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when Kafka cannot be asked
   */
  @Nullable String shortage(Collection<String> topics) {
    Map<String, TopicDescription> found = admin.describe(topics);
    Map<String, String> needed =
        admin.topicConfigs(found.keySet(), TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    for (TopicDescription topic : found.values()) {
      String shortage = shortage(topic, needed.get(topic.name()));
      if (shortage != null) {
        return shortage;
      }
    }
    return null;
  }

  /**
   * @param needed null where we may not read it: then only a partition without a leader tells
   */
  static @Nullable String shortage(TopicDescription topic, @Nullable String needed) {
    for (TopicPartitionInfo partition : topic.partitions()) {
      int replicas = partition.replicas().size();
      int least = needed == null ? 1 : Math.min(Integer.parseInt(needed), replicas);
      if (hasNoLeader(partition) || partition.isr().size() < least) {
        return "Topic %s has %d of %d replicas in sync in partition %d, and min.insync.replicas is %s. fix: start the missing Kafka server"
            .formatted(
                topic.name(),
                partition.isr().size(),
                replicas,
                partition.partition(),
                needed == null ? "not readable for this user" : needed);
      }
    }
    return null;
  }

  private static boolean hasNoLeader(TopicPartitionInfo partition) {
    return partition.leader() == null || partition.leader().isEmpty();
  }
}
