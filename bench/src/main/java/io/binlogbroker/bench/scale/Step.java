package io.binlogbroker.bench.scale;

import io.binlogbroker.bench.load.Load;
import io.binlogbroker.bench.subject.Capture;
import java.util.List;

/**
 * A point of an axis: what is written, and how the broker reads it.
 *
 * @param label as the table's first cell
 * @param delivered the part of the load's row changes that is delivered
 * @param suffixes of the topics that are filled
 * @param made whether the topics are there before the broker starts; if not, it makes them
 */
record Step(
    String label,
    Load load,
    double delivered,
    Capture capture,
    List<String> suffixes,
    boolean made) {
  Step {
    suffixes = List.copyOf(suffixes);
  }

  /** All of a load into one topic. */
  static Step of(String label, Load load) {
    return new Step(label, load, 1, Capture.ALL, List.of(""), true);
  }

  /** Only the first of the plain tables is delivered. */
  static Step ofFirstTable(String label, Load load, double delivered) {
    Capture first = new Capture(PlainTables.name(0), "", "", 1);
    return new Step(label, load, delivered, first, List.of(""), true);
  }

  /** One topic of several partitions. */
  static Step ofPartitions(String label, Load load, int partitions) {
    return new Step(label, load, 1, new Capture(".*", "", "@pk", partitions), List.of(""), true);
  }

  /** A topic for each table. */
  static Step ofTopics(String label, Load load, List<String> tables, boolean made) {
    Capture each = new Capture(".*", "-${table}", "", 1);
    return new Step(label, load, 1, each, tables.stream().map(name -> "-" + name).toList(), made);
  }
}
