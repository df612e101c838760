package io.binlogbroker.bench.scale;

import io.binlogbroker.bench.load.Load;
import io.binlogbroker.bench.subject.CapturedTables;
import java.util.List;

/**
 * A step of an axis: the load and the broker's configuration.
 *
 * @param label the first cell of the table
 * @param delivered the share of the load's row changes that is delivered
 * @param suffixes of the topics
 * @param created whether the topics are created before the broker starts; otherwise it creates them
 */
record Step(
    String label,
    Load load,
    double delivered,
    CapturedTables capture,
    List<String> suffixes,
    boolean created) {
  Step {
    suffixes = List.copyOf(suffixes);
  }

  /** A whole load in one topic. */
  static Step of(String label, Load load) {
    return new Step(label, load, 1, CapturedTables.ALL, List.of(""), true);
  }

  /** Delivers only the first of the plain tables. */
  static Step ofFirstTable(String label, Load load, double delivered) {
    CapturedTables first = new CapturedTables(PlainTables.name(0), "", "", 1);
    return new Step(label, load, delivered, first, List.of(""), true);
  }

  /** One topic with several partitions. */
  static Step ofPartitions(String label, Load load, int partitions) {
    return new Step(
        label, load, 1, new CapturedTables(".*", "", "@pk", partitions), List.of(""), true);
  }

  /** One topic per table. */
  static Step ofTopics(String label, Load load, List<String> tables, boolean created) {
    CapturedTables each = new CapturedTables(".*", "-${table}", "", 1);
    return new Step(
        label, load, 1, each, tables.stream().map(name -> "-" + name).toList(), created);
  }
}
