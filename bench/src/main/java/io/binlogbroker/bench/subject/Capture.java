package io.binlogbroker.bench.subject;

/**
 * Which tables of a load the broker delivers, and where to.
 *
 * @param tables their name, or a regular expression
 * @param suffix what the name of a topic has behind the run's; may hold {@code ${table}}
 * @param key of the messages; empty for the table's name
 * @param partitions of the topics
 */
public record Capture(String tables, String suffix, String key, int partitions) {
  public static final Capture ALL = new Capture(".*", "", "", 1);

  /** As the broker's configuration says it. */
  String rule(String topic) {
    String keyed = key.isEmpty() ? "" : ", \"Key\":\"" + key + "\"";
    return "{\"Table\":\"" + tables + "\", \"Topic\":\"" + topic + suffix + "\"" + keyed + "}";
  }
}
