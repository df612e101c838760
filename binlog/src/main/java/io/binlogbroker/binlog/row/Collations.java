package io.binlogbroker.binlog.row;

/** What servers' numbers of collations mean. Stateless; any thread. */
public final class Collations {
  private Collations() {}

  /**
   * The name of a collation's character set.
   *
   * @throws SchemaException when no server that is known has such a collation
   */
  public static String charset(int collation) {
    return MysqlCharset.ofCollation(collation).name();
  }

  /** A text in a collation's character set. */
  public static String decode(int collation, byte[] text) {
    return MysqlCharset.ofCollation(collation).decode(text);
  }
}
