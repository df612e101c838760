package io.binlogbroker.conformance;

import io.binlogbroker.broker.format.Format;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.types.DataType;

/**
 * A column as MySQL declares it, with values for it as SQL writes them, and how a Flink table over
 * each format declares it.
 */
final class FlinkColumn {
  private final String name;
  private final String type;
  private final List<String> values;
  private final Map<Format, Declared> declared = new EnumMap<>(Format.class);

  /**
   * In Flink.
   *
   * @param type of the column
   * @param expression what MySQL is asked for to get the text that Flink's value must have
   */
  record Declared(DataType type, String expression) {}

  private FlinkColumn(String name, String type, List<String> values) {
    this.name = name;
    this.type = type;
    this.values = values;
  }

  /** A column that Flink reads alike from all formats. */
  static FlinkColumn of(
      String name, String type, DataType flink, String expression, String... values) {
    FlinkColumn column = new FlinkColumn(name, type, List.of(values));
    for (Format format : Format.values()) {
      column.declared.put(format, new Declared(flink, expression));
    }
    return column;
  }

  /** Over this format it is declared otherwise. */
  FlinkColumn in(Format format, DataType flink, String expression) {
    declared.put(format, new Declared(flink, expression));
    return this;
  }

  String name() {
    return name;
  }

  String definition() {
    return name + " " + type;
  }

  /** The value of a row; after the last one comes NULL, then the first again. */
  String value(int row) {
    int index = row % (values.size() + 1);
    return index == values.size() ? "NULL" : values.get(index);
  }

  Declared declared(Format format) {
    return Objects.requireNonNull(declared.get(format));
  }
}
