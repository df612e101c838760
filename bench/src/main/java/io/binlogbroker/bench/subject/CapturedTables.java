package io.binlogbroker.bench.subject;

/**
 * The tables of a load that the broker delivers, and their topics.
 *
 * @param tables their name, or a regular expression
 * @param suffix of the topic names, after the run's name; may contain {@code ${table}}
 * @param key of the messages; empty for the table's name
 * @param partitions of the topics
 */
public record CapturedTables(String tables, String suffix, String key, int partitions)
    implements Captured {
  public static final CapturedTables ALL = new CapturedTables(".*", "", "", 1);

  @Override
  public String sources(String schema, String topic) {
    return "{\"Schema\":\"" + schema + "\", \"Tables\":[" + rule(topic) + "]}";
  }

  @Override
  public boolean startsAtLoad() {
    return true;
  }

  /** The rule in the broker's configuration. */
  String rule(String topic) {
    String keyed = key.isEmpty() ? "" : ", \"Key\":\"" + key + "\"";
    return "{\"Table\":\"" + tables + "\", \"Topic\":\"" + topic + suffix + "\"" + keyed + "}";
  }
}
