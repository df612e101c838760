package io.binlogbroker.broker.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Finds topics that accept no messages because too few replicas are in sync: Kafka refuses each
 * attempt with an error that its client retries until it reports a timeout. One thread.
 */
final class InSyncReplicas {
  /** Kafka's internal topic with the state of transactions. */
  static final String TRANSACTIONS = "__transaction_state";

  private final KafkaAdmin admin;

  InSyncReplicas(KafkaAdmin admin) {
    this.admin = admin;
  }

  /**
   * The first topic with too few replicas in sync and the fix; null if there is none.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when Kafka cannot be reached
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
   * @param needed null without the right to read it: then only a partition without a leader is
   *     reported
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
