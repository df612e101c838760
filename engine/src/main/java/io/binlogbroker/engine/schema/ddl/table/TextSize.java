package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;

/** Knows how much each TEXT and BLOB holds. Stateless. */
final class TextSize {
  private static final int MYSQL_8_0_12 = 80_012;
  private static final int MYSQL_8_0_33 = 80_033;

  private TextSize() {}

  /**
   * What stands before TEXT or BLOB in the name of the smallest that holds so many bytes.
   *
   * @throws DdlException for no bytes, of which it depends on the server's version
   */
  static String of(long bytes, SqlDialect dialect) {
    if (bytes == 0) {
      return forNothing(dialect);
    }
    return of(bytes);
  }

  private static String forNothing(SqlDialect dialect) {
    boolean asIfWithout = dialect.mariaDb() || dialect.version() <= MYSQL_8_0_12;
    if (!asIfWithout && dialect.version() < MYSQL_8_0_33) {
      throw new DdlException("TEXT(0) and BLOB(0) have another size by version");
    }
    return asIfWithout ? "" : "tiny";
  }

  static String of(long bytes) {
    if (bytes < 1 << 8) {
      return "tiny";
    }
    return bytes < 1 << 16 ? "" : bytes < 1 << 24 ? "medium" : "long";
  }

  /** How many bytes one holds; -1 for another type. */
  static long bytes(String dataType) {
    return switch (dataType) {
      case "tinytext", "tinyblob" -> (1L << 8) - 1;
      case "text", "blob" -> (1L << 16) - 1;
      case "mediumtext", "mediumblob" -> (1L << 24) - 1;
      case "longtext", "longblob", "json" -> (1L << 32) - 1;
      default -> -1;
    };
  }
}
