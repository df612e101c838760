package io.binlogbroker.binlog.row.text;

import io.binlogbroker.binlog.row.column.SchemaException;

/** Maps collation numbers to character sets. Stateless. */
public final class Collations {
  private Collations() {}

  /**
   * The name of a collation's character set.
   *
   * @throws SchemaException if the collation is unknown
   */
  public static String charset(int collation) {
    return MysqlCharset.ofCollation(collation).name();
  }
}
