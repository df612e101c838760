package io.binlogbroker.bench.subject;

/**
 * The changes of a run's schema, while the existing rows of another one are delivered.
 *
 * @param existing schema of the existing rows
 * @param rows topic of the existing rows
 */
public record StreamWithSnapshot(String existing, String rows) implements Captured {
  @Override
  public String sources(String schema, String topic) {
    return CapturedTables.ALL.sources(schema, topic)
        + ", "
        + new CapturedSnapshot().sources(existing, rows);
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public boolean startsAtLoad() {
    return false;
  }
}
