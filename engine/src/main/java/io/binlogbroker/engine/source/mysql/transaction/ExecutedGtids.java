package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.binlog.event.GtidEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The GTIDs of completed transactions, in the server's own text form. A GTID is added when its
 * transaction ends. Belongs to the relay thread.
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

  /** The empty set of a source without GTIDs. */
  static ExecutedGtids none() {
    return new ExecutedGtids(null, null);
  }

  public static ExecutedGtids mysql(MysqlGtidSet set) {
    return new ExecutedGtids(set, null);
  }

  /** The GTIDs before the position where reading starts. */
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

  /** Adds the GTID of the open transaction, which has ended. */
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

  /** The set as text; null for a source without GTIDs. */
  public @Nullable String text() {
    if (mysql != null) {
      return mysql.toString();
    }
    return mariadb == null ? null : mariadb.toString();
  }
}
