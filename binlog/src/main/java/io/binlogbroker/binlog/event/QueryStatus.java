package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status variables of a QUERY event that are needed. Used once. */
final class QueryStatus {
  private static final int FLAGS = 0;
  private static final int SQL_MODE = 1;
  private static final int CATALOG = 2;
  private static final int AUTO_INCREMENT = 3;
  private static final int CHARSETS = 4;
  private static final int TIME_ZONE = 5;
  private static final int CATALOG_WITHOUT_ZERO = 6;
  private static final int MONTH_NAMES = 7;
  private static final int SCHEMA_CHARSET = 8;
  private static final int TABLE_MAP_FOR_UPDATE = 9;
  private static final int MASTER_DATA_WRITTEN = 10;
  private static final int INVOKER = 11;
  private static final int UPDATED_SCHEMAS = 12;
  private static final int MICROSECONDS = 13;
  private static final int EXPLICIT_TIMESTAMPS = 16;
  private static final int DDL_XID = 17;
  private static final int DEFAULT_UTF8MB4_COLLATION = 18;
  private static final int REQUIRES_PRIMARY_KEY = 19;
  private static final int ENCRYPTS_TABLES = 20;
  private static final int MARIADB_MICROSECONDS = 128;
  private static final int MARIADB_XID = 129;

  /** Pairs of a character set and its default collation; precedes {@link #CHARSETS}. */
  private static final int MARIADB_DEFAULT_COLLATIONS = 131;

  private static final int TOO_MANY_SCHEMAS = 254;

  /** Code of the unknown variable at which reading ended; negative if all were read. */
  private int unknown = -1;

  long sqlMode;
  int clientCollation;
  int connectionCollation;
  int serverCollation;
  @Nullable Boolean explicitTimestamps;

  /** Null if there is no list; empty if there are too many schemas, or a foreign key. */
  @Nullable Set<String> updatedSchemas;

  private QueryStatus() {}

  /**
   * Ends at an unknown variable, because its length is unknown, too; known variables precede it.
   */
  static QueryStatus read(ByteReader variables) {
    QueryStatus status = new QueryStatus();
    while (status.unknown < 0 && variables.remaining() > 0) {
      int code = variables.u8();
      if (!status.read(code, variables)) {
        status.unknown = code;
      }
    }
    return status;
  }

  /**
   * Code of the unknown variable that may precede the statement's character set; negative if none
   * does.
   */
  int unknownBeforeCharsets() {
    return clientCollation == 0 ? unknown : -1;
  }

  private boolean read(int code, ByteReader in) {
    switch (code) {
      case SQL_MODE -> sqlMode = in.i64();
      case CHARSETS -> readCharsets(in);
      case EXPLICIT_TIMESTAMPS -> explicitTimestamps = in.u8() != 0;
      case CATALOG -> in.skip(in.u8() + 1);
      case TIME_ZONE, CATALOG_WITHOUT_ZERO -> in.skip(in.u8());
      case INVOKER -> {
        in.skip(in.u8());
        in.skip(in.u8());
      }
      case UPDATED_SCHEMAS -> readSchemas(in);
      case MICROSECONDS, MARIADB_MICROSECONDS -> in.skip(3);
      case MONTH_NAMES, SCHEMA_CHARSET, DEFAULT_UTF8MB4_COLLATION -> in.skip(2);
      case FLAGS, AUTO_INCREMENT, MASTER_DATA_WRITTEN -> in.skip(4);
      case TABLE_MAP_FOR_UPDATE, DDL_XID, MARIADB_XID -> in.skip(8);
      case MARIADB_DEFAULT_COLLATIONS -> in.skip(4 * in.u8());
      case REQUIRES_PRIMARY_KEY, ENCRYPTS_TABLES -> in.skip(1);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readCharsets(ByteReader in) {
    clientCollation = in.u16();
    connectionCollation = in.u16();
    serverCollation = in.u16();
  }

  private void readSchemas(ByteReader in) {
    int count = in.u8();
    Set<String> schemas = new LinkedHashSet<>();
    for (int i = 0; count != TOO_MANY_SCHEMAS && i < count; i++) {
      schemas.add(in.utf8ToNul());
    }
    updatedSchemas = schemas;
  }
}
