package io.binlogbroker.binlog.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a query's result; its values are text as the server sent it. */
public final class Row {
  private final List<String> columns;
  private final byte[] @Nullable [] values;

  Row(List<String> columns, byte[] @Nullable [] values) {
    this.columns = columns;
    this.values = values;
  }

  public List<String> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  /** The value's bytes, or null for NULL; must not be modified. */
  public byte @Nullable [] bytes(int column) {
    return values[column];
  }

  /** The value as UTF-8 text, or null for NULL. */
  public @Nullable String text(int column) {
    byte[] value = values[column];
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /** The value of the column with this name, ignoring case. */
  public @Nullable String text(String column) {
    return text(indexOf(column));
  }

  private int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Expected a column " + column + " but the result has " + columns);
  }
}
