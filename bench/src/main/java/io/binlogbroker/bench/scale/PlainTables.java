package io.binlogbroker.bench.scale;

import io.binlogbroker.testkit.MysqlServer;

/**
 * The schema {@code plain} with identical tables {@code t0}, {@code t1} and so on, of a number and
 * 64 characters. Creates tables on request. One thread.
 */
final class PlainTables {
  static final String SCHEMA = "plain";
  private static final int AT_ONCE = 500;

  private final MysqlServer mysql;
  private int created;

  PlainTables(MysqlServer mysql) {
    this.mysql = mysql;
  }

  static String name(int index) {
    return "t" + index;
  }

  static String qualified(int index) {
    return SCHEMA + "." + name(index);
  }

  void require(int count) throws Exception {
    mysql.execute("CREATE DATABASE IF NOT EXISTS " + SCHEMA);
    if (created < count) {
      int first = created;
      new ParallelSql(mysql, AT_ONCE).run(count - first, i -> create(first + i));
      created = count;
    }
  }

  private static String create(int index) {
    return "CREATE TABLE "
        + qualified(index)
        + " (id INT PRIMARY KEY, pad VARCHAR(64) NOT NULL) ENGINE=BLACKHOLE";
  }
}
