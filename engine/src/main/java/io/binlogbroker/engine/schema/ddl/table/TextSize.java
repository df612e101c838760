package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;

/** The capacities of TEXT and BLOB types. Stateless. */
final class TextSize {
  private static final int MYSQL_8_0_12 = 80_012;
  private static final int MYSQL_8_0_33 = 80_033;

  private TextSize() {}

  /**
   * The name's prefix of the smallest TEXT or BLOB type for a number of bytes.
   *
   * @throws DdlException for 0 bytes if the server's version is not certain
   */
  static String of(long bytes, SqlDialect dialect) {
    if (bytes == 0) {
      return forZeroBytes(dialect);
    }
    return of(bytes);
  }

  private static String forZeroBytes(SqlDialect dialect) {
    boolean asIfWithout = dialect.mariaDb() || dialect.version() <= MYSQL_8_0_12;
    if (!asIfWithout && dialect.version() < MYSQL_8_0_33) {
      throw new DdlException("The size of TEXT(0) and BLOB(0) depends on the server's version");
    }
    return asIfWithout ? "" : "tiny";
  }

  static String of(long bytes) {
    if (bytes < 1 << 8) {
      return "tiny";
    }
    return bytes < 1 << 16 ? "" : bytes < 1 << 24 ? "medium" : "long";
  }

  /** The capacity in bytes; -1 for another type. */
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
