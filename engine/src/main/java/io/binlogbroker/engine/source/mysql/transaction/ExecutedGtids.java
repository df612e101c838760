package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.binlog.event.GtidEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The GTIDs of the transactions that have ended, in the server's own form. A GTID enters only with
 * its transaction's end. Belongs to the relay thread.
 */
public final class ExecutedGtids {
  private final @Nullable MysqlGtidSet mysql;
  private final @Nullable MariadbGtidPosition mariadb;
  private @Nullable GtidEvent openMysql;
  private @Nullable MariadbGtidEvent openMariadb;

  private ExecutedGtids(@Nullable MysqlGtidSet mysql, @Nullable MariadbGtidPosition mariadb) {
    this.mysql = mysql;
    this.mariadb = mariadb;
  }

  /** A source without GTIDs. */
  static ExecutedGtids none() {
    return new ExecutedGtids(null, null);
  }

  public static ExecutedGtids mysql(MysqlGtidSet set) {
    return new ExecutedGtids(set, null);
  }

  /** Those before the place where the log is begun to be read. */
  public static ExecutedGtids of(@Nullable String set, boolean mariadb) {
    if (set == null) {
      return none();
    }
    return mariadb
        ? new ExecutedGtids(null, MariadbGtidPosition.parse(set))
        : new ExecutedGtids(MysqlGtidSet.parse(set), null);
  }

  public void begin(GtidEvent gtid) {
    openMysql = gtid;
  }

  public void begin(MariadbGtidEvent gtid) {
    openMariadb = gtid;
  }

  /** The open transaction has ended. */
  public void end() {
    if (mysql != null && openMysql != null) {
      UUID source = openMysql.source();
      if (source != null) {
        mysql.add(source, openMysql.tag(), openMysql.number());
      }
    }
    if (mariadb != null && openMariadb != null) {
      mariadb.advance(openMariadb);
    }
    openMysql = null;
    openMariadb = null;
  }

  /** Null for a source without GTIDs. */
  public @Nullable String text() {
    if (mysql != null) {
      return mysql.toString();
    }
    return mariadb == null ? null : mariadb.toString();
  }
}
