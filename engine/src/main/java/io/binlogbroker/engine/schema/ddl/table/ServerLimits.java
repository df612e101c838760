package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;

/**
 * What no server lets a table have more of (MySQL 8.0 manual, "Limits on Table Column Count";
 * MAX_FIELDS, MAX_INDEXES and MAX_REF_PARTS in the sources of MySQL and MariaDB). A statement that
 * says more is not read any further: work on lists that may be compared with one another stays in
 * proportion to its length. Stateless.
 */
public final class ServerLimits {
  /** Also of the clauses of an ALTER TABLE, one or two of which are about each column. */
  private static final int COLUMNS = 4_096;

  private static final int CLAUSES = 2 * COLUMNS;

  /** 64 as servers are delivered, more where they are built so. */
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
