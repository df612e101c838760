package io.binlogbroker.broker.config;

/** What is done with a message that exceeds its topic's limit. */
public enum OnOversize {
  /** The broker stops, so that an operator decides. */
  STOP,
  /** It is sent in pieces to a separate topic, and a marker takes its place. */
  DEAD_LETTER,
  /** Its largest columns are removed until it fits. */
  TRIM;

  /** Suffix of the topic for the pieces, appended to the original topic's name. */
  public static final String SUFFIX = ".oversize";

  /** The topic for the pieces. */
  public static String topicOf(String topic) {
    return topic + SUFFIX;
  }
}
