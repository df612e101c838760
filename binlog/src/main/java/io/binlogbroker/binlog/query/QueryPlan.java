package io.binlogbroker.binlog.query;

import io.binlogbroker.binlog.row.ColumnDeclaration;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to query the rows of a table so that their cells equal those of the binary log: the columns,
 * and the expression that each is selected by. Immutable.
 *
 * @param rows the columns, as the log's TABLE_MAP describes them
 * @param charsets of the columns that are text, by column; null for all others
 */
public record QueryPlan(RowPlan rows, List<@Nullable MysqlCharset> charsets) {
  /**
   * Settings of a session that reads rows: text in the character sets of its columns, TIMESTAMP in
   * UTC, and CHAR without the blanks that pad it.
   */
  public static final String SESSION =
      "SET SESSION character_set_results = NULL, time_zone = '+00:00', sql_mode = ''";

  /**
   * @param table as information_schema shows it; hidden columns are left out
   * @throws SchemaException for a type that this version does not know
   */
  public static QueryPlan of(String schema, String name, TableSchema table) {
    List<Column> columns = new ArrayList<>();
    List<@Nullable MysqlCharset> charsets = new ArrayList<>();
    for (ColumnSchema column : table.columns()) {
      if (!column.name().startsWith(TableSchema.HIDDEN_PREFIX)) {
        ColumnType type = type(schema + "." + name, column);
        columns.add(column(columns.size(), column, type));
        charsets.add(isText(type) ? MysqlCharset.ofName(charset(column)) : null);
      }
    }
    RowPlan rows = new RowPlan(schema, name, columns, List.of());
    List<Integer> key = table.primaryKey().stream().map(rows::indexOf).toList();
    return new QueryPlan(new RowPlan(schema, name, columns, key), charsets);
  }

  private static boolean isText(ColumnType type) {
    return type == ColumnType.CHAR || type == ColumnType.VARCHAR || type == ColumnType.TEXT;
  }

  private static String charset(ColumnSchema column) {
    String name = column.characterSet();
    return name == null || name.isEmpty() ? "binary" : name;
  }

  private static Column column(int index, ColumnSchema column, ColumnType type) {
    ColumnDeclaration declared = ColumnDeclaration.parse(column.columnType());
    int precision =
        switch (type) {
          case DECIMAL -> declared.argument(0, 10);
          case BIT, BINARY -> declared.argument(0, 1);
          default -> 0;
        };
    int decimals =
        switch (type) {
          case DECIMAL -> declared.argument(1, 0);
          case DATETIME, TIMESTAMP, TIME -> declared.argument(0, 0);
          default -> 0;
        };
    return new Column(
        index,
        column.name(),
        type,
        declared.unsigned(),
        column.nullable(),
        precision,
        decimals,
        declared.labels());
  }

  private static ColumnType type(String table, ColumnSchema column) {
    boolean binary = charset(column).equals("binary");
    return switch (column.dataType().toLowerCase(Locale.ROOT)) {
      case "tinyint" -> ColumnType.TINYINT;
      case "smallint" -> ColumnType.SMALLINT;
      case "mediumint" -> ColumnType.MEDIUMINT;
      case "int" -> ColumnType.INT;
      case "bigint" -> ColumnType.BIGINT;
      case "year" -> ColumnType.YEAR;
      case "bit" -> ColumnType.BIT;
      case "float" -> ColumnType.FLOAT;
      case "double" -> ColumnType.DOUBLE;
      case "decimal" -> ColumnType.DECIMAL;
      case "char" -> binary ? ColumnType.BINARY : ColumnType.CHAR;
      case "varchar" -> binary ? ColumnType.VARBINARY : ColumnType.VARCHAR;
      case "tinytext", "text", "mediumtext", "longtext" ->
          binary ? ColumnType.BLOB : ColumnType.TEXT;
      case "binary" -> ColumnType.BINARY;
      case "varbinary" -> ColumnType.VARBINARY;
      case "tinyblob", "blob", "mediumblob", "longblob" -> ColumnType.BLOB;
      case "enum" -> ColumnType.ENUM;
      case "set" -> ColumnType.SET;
      case "date" -> ColumnType.DATE;
      case "datetime" -> ColumnType.DATETIME;
      case "timestamp" -> ColumnType.TIMESTAMP;
      case "time" -> ColumnType.TIME;
      case "json" -> ColumnType.JSON;
      case "vector" -> ColumnType.VECTOR;
      case "uuid" -> ColumnType.UUID;
      case "inet4" -> ColumnType.INET4;
      case "inet6" -> ColumnType.INET6;
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geomcollection",
          "geometrycollection" ->
          ColumnType.GEOMETRY;
      default ->
          throw new SchemaException(
              "The type %s of %s column %s is unknown; the server is newer than this version of the program. Update the program"
                  .formatted(column.columnType(), table, column.name()));
    };
  }

  /** The expressions of a SELECT, in the order of the columns. */
  public String selectList() {
    List<String> expressions = rows.columns().stream().map(QueryPlan::expression).toList();
    return String.join(", ", expressions);
  }

  /** Labels may be the same in the character set of the result, so their numbers are selected. */
  private static String expression(Column column) {
    String name = "`" + column.name().replace("`", "``") + "`";
    return switch (column.type()) {
      case ENUM, SET -> "CAST(" + name + " AS UNSIGNED)";
      default -> name;
    };
  }
}
