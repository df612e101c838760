package io.binlogbroker.engine.route;

import org.jspecify.annotations.Nullable;

/**
 * The topics that the broker writes other things than rows to. Immutable.
 *
 * @param positions null where none are known
 * @param ddl null for none
 * @param oversizeSuffix of the topic beside each topic of rows that takes what is too large; null
 *     where there are none
 */
public record ReservedTopics(
    @Nullable String positions, @Nullable String ddl, @Nullable String oversizeSuffix) {
  public static final ReservedTopics NONE = new ReservedTopics(null, null, null);

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
    if (oversizeSuffix != null && (topic + oversizeSuffix).equals(ddl)) {
      throw new TopicNameException(
          "DdlTopic is %s, where rows too large for %s go: give it a name of its own"
              .formatted(ddl, topic));
    }
  }
}
