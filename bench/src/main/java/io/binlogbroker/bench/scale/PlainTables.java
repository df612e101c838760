package io.binlogbroker.bench.scale;

import io.binlogbroker.testkit.MysqlServer;

/**
 * The schema {@code plain}, whose tables {@code t0}, {@code t1} and so on are all alike: a number
 * and 64 characters. Makes those that are asked for and not there yet. One thread.
 */
final class PlainTables {
  static final String SCHEMA = "plain";
  private static final int AT_ONCE = 500;

  private final MysqlServer mysql;
  private int made;

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
    if (made < count) {
      int first = made;
      new ParallelSql(mysql, AT_ONCE).run(count - first, i -> create(first + i));
      made = count;
    }
  }

  private static String create(int index) {
    return "CREATE TABLE "
        + qualified(index)
        + " (id INT PRIMARY KEY, pad VARCHAR(64) NOT NULL) ENGINE=BLACKHOLE";
  }
}
