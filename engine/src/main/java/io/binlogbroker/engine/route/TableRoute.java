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
  /** The rule for every table where the user gave none. */
  static final TableRoute DEFAULT =
      new TableRoute(
          NamePattern.ANY, TopicTemplate.SCHEMA, KeyRule.TABLE_NAME, null, CellRule.NONE, false);

  /** The same for a source that names its format. */
  TableRoute in(@Nullable FormatName usual) {
    return new TableRoute(table, topic, key, usual, cells, tombstones);
  }

  /** To a topic whose name is known. */
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
