package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A unique key of a table, the primary key among them.
 *
 * @param name {@link #PRIMARY} for the primary key; empty where the statement gives none
 * @param parts in key order
 */
public record TableKey(String name, Kind kind, List<Part> parts) {
  public static final String PRIMARY = "PRIMARY";

  /** What a key is good for. */
  public enum Kind {
    PRIMARY,
    UNIQUE,
    /** MariaDB's over a hash, which is a column of its own that nobody sees. */
    HASHED,
    /** Over an expression or a virtual column. */
    FUNCTIONAL
  }

  /**
   * A column in a key.
   *
   * @param prefix how many characters of it; 0 for the whole column
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

  /** Whether the server takes it for the primary key where the table has none. */
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

  /** The same key, with parts that hold their whole column now, and the columns' own spelling. */
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
