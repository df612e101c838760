package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;

/**
 * The limits of tables on all servers (MySQL 8.0 manual, "Limits on Table Column Count";
 * MAX_FIELDS, MAX_INDEXES and MAX_REF_PARTS in the sources of MySQL and MariaDB). A statement that
 * exceeds them is not read further, so that comparing its lists stays cheap. Stateless.
 */
public final class ServerLimits {
  /** Also limits the clauses of an ALTER TABLE: one or two for each column. */
  private static final int COLUMNS = 4_096;

  private static final int CLAUSES = 2 * COLUMNS;

  /** 64 by default; a build option raises it. */
  private static final int KEYS = 255;

  /** 16 in MySQL, 32 in MariaDB. */
  private static final int PARTS = 32;

  private ServerLimits() {}

  public static void requireColumns(int count) {
    require(count, COLUMNS, "columns");
  }

  static void requireClauses(int count) {
    require(count, CLAUSES, "clauses about columns and keys");
  }

  static void requireKeys(int count) {
    require(count, KEYS, "unique keys");
  }

  static void requireParts(int count) {
    require(count, PARTS, "parts of a key");
  }

  private static void require(int count, int limit, String what) {
    if (count > limit) {
      throw new DdlException("Expected at most " + limit + ' ' + what + " but got more");
    }
  }
}
