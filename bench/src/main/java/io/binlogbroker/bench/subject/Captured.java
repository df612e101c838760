package io.binlogbroker.bench.subject;

/** What the broker delivers, as its configuration names it. */
public interface Captured {
  /** The values of the key {@code Sources}, for the schema and the topic of a run. */
  String sources(String schema, String topic);

  /** The number of partitions of the topics. */
  int partitions();

  /** Whether it starts at the position of the load, and otherwise at the end of the log. */
  boolean startsAtLoad();
}
