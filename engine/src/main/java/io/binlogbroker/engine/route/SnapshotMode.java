package io.binlogbroker.engine.route;

/** Whether the rows that a table has already are delivered as well. */
public enum SnapshotMode {
  /** Changes alone are delivered. */
  NEVER,

  /** Each table is copied once: at the group's first start, or when its rule is added. */
  INITIAL
}
