package io.binlogbroker.broker.config;

/** What becomes of a message that is larger than its topic allows. */
public enum OnOversize {
  /** The broker ends, so that somebody decides. */
  STOP,
  /** It goes to a topic of its own in pieces, and a marker takes its place. */
  DEAD_LETTER,
  /** Its largest columns are left out, until it fits. */
  TRIM;

  /** Of the topic of the pieces, behind the name of the topic that they are too large for. */
  public static final String SUFFIX = ".oversize";

  /** The topic of the pieces. */
  public static String topicOf(String topic) {
    return topic + SUFFIX;
  }
}
