package io.binlogbroker.broker.route;

/** Where the rows of one table go: the topic, and the rule for their partition key. */
public record Route(String topic, KeyRule key) {
  @Override
  public String toString() {
    return "topic " + topic + ", key " + key;
  }
}
