package io.binlogbroker.engine.model;

/** Positions for tests that do not depend on their values. */
public final class Positions {
  private Positions() {}

  /** A position of an epoch. */
  public static Position at(long offset, String epoch) {
    return new Position(new BinlogPosition("binlog.000002", offset), null, 0, 0, null, epoch);
  }

  /** A position at an offset of the same file. */
  public static Position at(long offset) {
    return new Position(
        new BinlogPosition("binlog.000002", offset),
        "7d49b361-e64f-11f1-ab7d-02fc00000001:1-" + offset,
        2,
        3,
        "7d49b361-e64f-11f1-ab7d-02fc00000001",
        "f3a1");
  }
}
