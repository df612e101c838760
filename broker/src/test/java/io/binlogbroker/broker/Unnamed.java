package io.binlogbroker.broker;

import io.binlogbroker.testkit.MysqlServer;

/** A shared server that names no columns in its log, as servers do by default, until closed. */
final class Unnamed implements AutoCloseable {
  private final MysqlServer mysql;
  private final String before;

  Unnamed(MysqlServer mysql) {
    this.mysql = mysql;
    this.before = String.valueOf(mysql.value("SELECT @@global.binlog_row_metadata"));
    set(mysql.version().isMariaDb() ? "NO_LOG" : "MINIMAL");
  }

  private void set(String metadata) {
    mysql.execute("SET GLOBAL binlog_row_metadata = '" + metadata + "'");
  }

  @Override
  public void close() {
    set(before);
  }
}
