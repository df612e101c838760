package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import org.jspecify.annotations.Nullable;

/** The rule for the tables of one name or pattern, compiled. */
record TableRoute(
    NamePattern table,
    TopicTemplate topic,
    KeyRule key,
    @Nullable FormatName format,
    CellRule cells,
    boolean tombstones) {
  /** The default rule for tables. */
  static final TableRoute DEFAULT =
      new TableRoute(
          NamePattern.ANY, TopicTemplate.SCHEMA, KeyRule.TABLE_NAME, null, CellRule.NONE, false);

  /** A copy with the source's format if it has none. */
  TableRoute in(@Nullable FormatName usual) {
    return new TableRoute(table, topic, key, usual, cells, tombstones);
  }

  /** The route with a known topic name. */
  Route to(String topicName) {
    return new Route(topicName, key, format, cells, tombstones);
  }

  boolean sameTarget(TableRoute other) {
    return topic.equals(other.topic)
        && key.equals(other.key)
        && cells.equals(other.cells)
        && tombstones == other.tombstones;
  }
}
