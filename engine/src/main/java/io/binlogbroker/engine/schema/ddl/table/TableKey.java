package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A unique key of a table; may be the primary key.
 *
 * @param name {@link #PRIMARY} for the primary key; empty if the statement names none
 * @param parts in key order
 */
public record TableKey(String name, Kind kind, List<Part> parts) {
  public static final String PRIMARY = "PRIMARY";

  /** The kind of a key. */
  public enum Kind {
    PRIMARY,
    UNIQUE,
    /** MariaDB's key over a hash, which is stored in a hidden column. */
    HASHED,
    /** Over an expression or a virtual column. */
    FUNCTIONAL
  }

  /**
   * A column in a key.
   *
   * @param prefix prefix length in characters; 0 for the whole column
   */
  public record Part(String column, int prefix) {}

  public TableKey {
    parts = List.copyOf(parts);
  }

  /** The primary key over whole columns. */
  public static TableKey primary(List<String> columns) {
    return new TableKey(
        PRIMARY, Kind.PRIMARY, columns.stream().map(column -> new Part(column, 0)).toList());
  }

  boolean isPrimary() {
    return kind == Kind.PRIMARY;
  }

  List<String> columns() {
    return parts.stream().map(Part::column).toList();
  }

  /** Whether the server uses it as the primary key if the table has none. */
  boolean identifies(List<ColumnSchema> columns) {
    return isPrimary() || kind == Kind.UNIQUE && !isPartial(columns) && !hasNullablePart(columns);
  }

  boolean hasNullablePart(List<ColumnSchema> columns) {
    return parts.stream().anyMatch(part -> isNullable(column(part, columns)));
  }

  boolean isPartial(List<ColumnSchema> columns) {
    return parts.stream().anyMatch(part -> isPrefix(part, column(part, columns)));
  }

  private static boolean isNullable(@Nullable ColumnSchema column) {
    return column == null || column.nullable();
  }

  private static @Nullable ColumnSchema column(Part part, List<ColumnSchema> columns) {
    for (ColumnSchema column : columns) {
      if (column.name().equalsIgnoreCase(part.column())) {
        return column;
      }
    }
    return null;
  }

  private static boolean isPrefix(Part part, @Nullable ColumnSchema column) {
    return part.prefix() > 0 && (column == null || !isWhole(part, column));
  }

  /**
   * The key with column names spelled as in the table and without prefixes that cover a whole
   * column.
   */
  TableKey of(List<ColumnSchema> columns) {
    List<Part> spelled =
        parts.stream()
            .map(
                part -> {
                  ColumnSchema column = column(part, columns);
                  if (column == null) {
                    throw new DdlException("The key's column " + part.column() + " is missing");
                  }
                  return new Part(column.name(), isWhole(part, column) ? 0 : part.prefix());
                })
            .toList();
    return new TableKey(name, kind, spelled);
  }

  private static boolean isWhole(Part part, ColumnSchema column) {
    String type = column.columnType().toLowerCase(Locale.ROOT);
    boolean sized =
        type.startsWith("char(")
            || type.startsWith("varchar(")
            || type.startsWith("binary(")
            || type.startsWith("varbinary(");
    return part.prefix() == 0
        || sized
            && part.prefix() >= DeclaredLength.of(type.replaceAll("^[a-z]+\\(([0-9]+).*", "$1"));
  }
}
