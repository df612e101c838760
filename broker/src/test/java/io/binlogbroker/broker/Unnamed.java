package io.binlogbroker.broker;

import io.binlogbroker.testkit.MysqlServer;

/** A shared server that names no columns in its log, as servers do by default, until closed. */
public final class Unnamed implements AutoCloseable {
  private final MysqlServer mysql;
  private final String before;

  public Unnamed(MysqlServer mysql) {
    this.mysql = mysql;
    this.before = named() ? String.valueOf(mysql.value("SELECT @@global.binlog_row_metadata")) : "";
    set(mysql.version().isMariaDb() ? "NO_LOG" : "MINIMAL");
  }

  private void set(String metadata) {
    if (named()) {
      mysql.execute("SET GLOBAL binlog_row_metadata = '" + metadata + "'");
    }
  }

  /** MySQL 5.7 never names columns. */
  private boolean named() {
    return mysql.version().hasRowMetadata();
  }

  @Override
  public void close() {
    set(before);
  }
}
