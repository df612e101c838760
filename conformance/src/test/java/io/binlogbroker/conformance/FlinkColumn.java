package io.binlogbroker.conformance;

import io.binlogbroker.engine.format.registry.Format;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.types.DataType;

/**
 * A column's declaration in MySQL, its values as SQL literals, and its declaration in a Flink table
 * for each format.
 */
final class FlinkColumn {
  private final String name;
  private final String type;
  private final List<String> values;
  private final Map<Format, Declared> declared = new EnumMap<>(Format.class);

  /**
   * The declaration in Flink.
   *
   * @param type of the column
   * @param expression of MySQL for the text that Flink's value must have; {@code $} is the column
   */
  record Declared(DataType type, String expression) {}

  private FlinkColumn(String name, String type, List<String> values) {
    this.name = name;
    this.type = type;
    this.values = values;
  }

  /** A column that Flink declares in the same way for all formats. */
  static FlinkColumn of(
      String name, String type, DataType flink, String expression, String... values) {
    FlinkColumn column = new FlinkColumn(name, type, List.of(values));
    for (Format format : Format.values()) {
      column.declared.put(format, new Declared(flink, expression));
    }
    return column;
  }

  /** Sets a different declaration for a format. */
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

  /** The value for a row: all values in turn, then NULL, then the first one again. */
  String value(int row) {
    int index = row % (values.size() + 1);
    return index == values.size() ? "NULL" : values.get(index);
  }

  Declared declared(Format format) {
    return Objects.requireNonNull(declared.get(format));
  }
}
