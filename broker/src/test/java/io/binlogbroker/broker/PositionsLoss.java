package io.binlogbroker.broker;

import java.util.Map;

/** How Kafka may lose the position of a group that a broker works for. */
enum PositionsLoss {
  DELETED {
    @Override
    void of(String topic, LiveTopics topics) {
      topics.delete(topic);
    }
  },

  RECREATED {
    @Override
    void of(String topic, LiveTopics topics) {
      topics.delete(topic);
      topics.create(topic, Map.of("cleanup.policy", "compact"));
    }
  },

  EMPTIED {
    @Override
    void of(String topic, LiveTopics topics) {
      topics.deleteRecords(topic);
    }
  };

  abstract void of(String topic, LiveTopics topics);
}
