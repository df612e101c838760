package io.binlogbroker.bench.subject;

/** A schema whose existing rows the broker delivers to one topic, as it does in a new group. */
public record CapturedSnapshot() implements Captured {
  @Override
  public String sources(String schema, String topic) {
    return "{\"Schema\":\"%s\", \"Snapshot\":\"initial\", \"Tables\":[%s]}"
        .formatted(schema, CapturedTables.ALL.rule(topic));
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
