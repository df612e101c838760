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
    boolean tombstones,
    SnapshotRule snapshot) {
  /** The default rule for tables. */
  static final TableRoute DEFAULT = byDefault(null, SnapshotMode.NEVER);

  /** A copy with the source's format if it has none. */
  TableRoute in(@Nullable FormatName usual) {
    return new TableRoute(table, topic, key, usual, cells, tombstones, snapshot);
  }

  /** The default rule with these defaults. */
  static TableRoute byDefault(@Nullable FormatName format, SnapshotMode snapshot) {
    return new TableRoute(
        NamePattern.ANY,
        TopicTemplate.SCHEMA,
        KeyRule.TABLE_NAME,
        format,
        CellRule.NONE,
        false,
        new SnapshotRule(snapshot, null));
  }

  /** The route with a known topic name. */
  Route to(String topicName) {
    return new Route(topicName, key, format, cells, tombstones, snapshot);
  }

  boolean sameTarget(TableRoute other) {
    return topic.equals(other.topic)
        && key.equals(other.key)
        && cells.equals(other.cells)
        && tombstones == other.tombstones;
  }
}
