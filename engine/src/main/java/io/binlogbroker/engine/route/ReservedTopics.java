package io.binlogbroker.engine.route;

import org.jspecify.annotations.Nullable;

/**
 * The topics that the broker uses for anything other than rows. Immutable.
 *
 * @param positions null if unknown
 * @param ddl null for none
 * @param oversizeSuffix suffix of each row topic's topic for messages that are too large; null if
 *     there are none
 */
public record ReservedTopics(
    @Nullable String positions, @Nullable String ddl, @Nullable String oversizeSuffix) {
  public static final ReservedTopics NONE = new ReservedTopics(null, null, null);

  /**
   * @throws TopicNameException when rows cannot be delivered to this topic
   */
  void requireFree(String topic) {
    if (topic.equals(ddl)) {
      throw new TopicNameException(
          "Rows would be delivered to " + topic + ", which is DdlTopic: use another DdlTopic");
    }
    if (topic.equals(positions)) {
      throw new TopicNameException(
          "Rows would be delivered to " + topic + ", which is PositionsTopic: use another Topic");
    }
    if (oversizeSuffix != null && (topic + oversizeSuffix).equals(ddl)) {
      throw new TopicNameException(
          "DdlTopic is %s, the topic for rows that are too large for %s: use another DdlTopic"
              .formatted(ddl, topic));
    }
  }
}
