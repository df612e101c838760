package io.binlogbroker.engine.format.canal;

import io.binlogbroker.binlog.row.column.Column;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names and numbers of column types in Canal. Stateless. */
final class CanalTypes {
  private CanalTypes() {}

  /** The type as in the table's definition, as far as the log contains it. */
  static String mysqlType(Column column) {
    String name = column.type().name().toLowerCase(Locale.ROOT);
    return switch (column.type()) {
      case DECIMAL ->
          name
              + "("
              + column.precision()
              + ","
              + column.decimals()
              + ")"
              + (column.unsigned() ? " unsigned" : "");
      case BIT, BINARY -> name + "(" + column.precision() + ")";
      case ENUM, SET -> name + labels(column.labels());
      case DATETIME, TIMESTAMP, TIME ->
          column.decimals() == 0 ? name : name + "(" + column.decimals() + ")";
      default -> column.unsigned() ? name + " unsigned" : name;
    };
  }

  private static String labels(List<String> labels) {
    return labels.stream()
        .map(label -> "'" + label.replace("'", "''") + "'")
        .collect(Collectors.joining(",", "(", ")"));
  }

  /** The JDBC type, one of {@link Types}. */
  static int sqlType(Column column) {
    return switch (column.type()) {
      case TINYINT -> Types.TINYINT;
      case SMALLINT -> Types.SMALLINT;
      case MEDIUMINT, INT, ENUM -> Types.INTEGER;
      case BIGINT -> Types.BIGINT;
      case FLOAT -> Types.REAL;
      case DOUBLE -> Types.DOUBLE;
      case DECIMAL -> Types.DECIMAL;
      case BIT, SET -> Types.BIT;
      case YEAR, VARCHAR, JSON, VECTOR, UUID, INET4, INET6 -> Types.VARCHAR;
      case CHAR -> Types.CHAR;
      case TEXT -> Types.CLOB;
      case BINARY, VARBINARY, BLOB, GEOMETRY -> Types.BLOB;
      case DATE -> Types.DATE;
      case DATETIME, TIMESTAMP -> Types.TIMESTAMP;
      case TIME -> Types.TIME;
    };
  }
}
