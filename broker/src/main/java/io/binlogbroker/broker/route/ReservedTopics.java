package io.binlogbroker.broker.route;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.OnOversize;
import org.jspecify.annotations.Nullable;

/**
 * The topics that the broker writes other things than rows to. Immutable.
 *
 * @param positions null where none are known
 * @param ddl null for none
 * @param hasOversize whether each topic of rows has one for what is too large beside it
 */
record ReservedTopics(@Nullable String positions, @Nullable String ddl, boolean hasOversize) {
  static final ReservedTopics NONE = new ReservedTopics(null, null, false);

  static ReservedTopics of(BrokerConfig config) {
    return new ReservedTopics(
        config.positionsTopic(), config.ddlTopic(), config.onOversize() == OnOversize.DEAD_LETTER);
  }

  /**
   * @throws TopicNameException when rows may not go to this topic
   */
  void requireFree(String topic) {
    if (topic.equals(ddl)) {
      throw new TopicNameException(
          "Rows would go to " + topic + ", which is DdlTopic: give it a name of its own");
    }
    if (topic.equals(positions)) {
      throw new TopicNameException(
          "Rows would go to " + topic + ", which is PositionsTopic: give them another Topic");
    }
    if (hasOversize && OnOversize.topicOf(topic).equals(ddl)) {
      throw new TopicNameException(
          "DdlTopic is %s, where rows too large for %s go: give it a name of its own"
              .formatted(ddl, topic));
    }
  }
}
