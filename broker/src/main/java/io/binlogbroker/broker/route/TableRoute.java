package io.binlogbroker.broker.route;

/** The rule for the tables of one name or pattern, compiled. */
record TableRoute(NamePattern table, TopicTemplate topic, KeyRule key) {
  /** The rule for every table where the user gave none. */
  static final TableRoute DEFAULT =
      new TableRoute(NamePattern.ANY, TopicTemplate.SCHEMA, KeyRule.TABLE_NAME);

  boolean sameTarget(TableRoute other) {
    return topic.equals(other.topic) && key.equals(other.key);
  }
}
