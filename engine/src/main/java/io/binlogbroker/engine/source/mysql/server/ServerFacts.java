package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.event.LogOffset;
import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.QueryResult;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Restart;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Queries facts about a server, hiding the differences between server versions. One thread, that of
 * its session.
 */
public final class ServerFacts {
  private static final int UNKNOWN_VARIABLE = 1193;
  private static final int SYNTAX_ERROR = 1064;

  private static final String LOGS = "SHOW BINARY LOGS";

  private final Session session;

  public ServerFacts(Session session) {
    this.session = session;
  }

  /** The host and port that answered. */
  public String address() {
    return session.address().toString();
  }

  /** The product and its version, such as {@code MariaDB 11.4.2}. */
  public String version() {
    return (isMariaDb() ? "MariaDB " : "MySQL ") + session.serverVersion().text();
  }

  public boolean isMariaDb() {
    return session.isMariaDb();
  }

  /** A global variable; null where this server does not have it. */
  public @Nullable String variable(String name) throws IOException {
    try {
      return session.query("SELECT @@global." + name).rows().get(0).text(0);
    } catch (ServerErrorException e) {
      if (e.code() == UNKNOWN_VARIABLE) {
        return null;
      }
      throw e;
    }
  }

  public boolean isOn(String name) throws IOException {
    String value = variable(name);
    return value != null && (value.equals("1") || value.equalsIgnoreCase("ON"));
  }

  /**
   * The identity of the server; MariaDB has no UUID, but each server of a topology has a unique
   * server id.
   */
  public ServerIdentity identity() throws IOException {
    String uuid = isMariaDb() ? "server_id=" + variable("server_id") : variable("server_uuid");
    return new ServerIdentity(uuid, !"0".equals(variable("lower_case_table_names")));
  }

  /**
   * Requires that this is the expected server: another one may answer at the same address.
   *
   * @throws ConnectionLostException when it is not
   */
  public void requireServer(@Nullable String uuid) throws IOException {
    String actual = identity().uuid();
    if (!Objects.equals(actual, uuid)) {
      throw new ConnectionLostException(
          "%s was the address of the server %s and is now that of %s"
              .formatted(session.address(), uuid, actual));
    }
  }

  /** Whether every transaction has a GTID, so that a dump can be requested by GTIDs. */
  public boolean hasGtids() throws IOException {
    return isMariaDb() || "ON".equalsIgnoreCase(variable("gtid_mode"));
  }

  /** The current end of the binary log. */
  public Restart end() throws IOException {
    QueryResult status = masterStatus();
    Row row =
        status
            .first()
            .orElseThrow(
                () ->
                    DeliveryException.fatal(
                        FailureKind.SOURCE_SETTINGS,
                        "The server "
                            + session.address()
                            + " writes no binary log. Start it with log_bin in its"
                            + " configuration."));
    BinlogPosition end = place(row);
    String gtids = hasGtids() ? executed(row, end) : null;
    return new Restart(end, gtids, identity().uuid(), 0);
  }

  /** The same without the GTID set, in one query; null where the server writes no log. */
  public @Nullable BinlogPosition endPlace() throws IOException {
    Row row = masterStatus().first().orElse(null);
    return row == null ? null : place(row);
  }

  private static BinlogPosition place(Row status) {
    return new BinlogPosition(
        Objects.requireNonNull(status.text(0)),
        Long.parseLong(Objects.requireNonNull(status.text(1))));
  }

  /** The start of the oldest log file that the server still has. */
  public Restart oldest() throws IOException {
    BinlogPosition start = BinlogPosition.startOf(files().get(0));
    String gtids = null;
    if (hasGtids()) {
      gtids = isMariaDb() ? gtidPosition(start) : gtids("gtid_purged").toString();
    }
    return new Restart(start, gtids, identity().uuid(), 0);
  }

  /**
   * The GTIDs executed before a position of the log; null where the server has none or cannot
   * report them, as with MySQL.
   */
  public @Nullable String gtidsAt(BinlogPosition place) throws IOException {
    return isMariaDb() ? gtidPosition(place) : null;
  }

  /**
   * Whether exactly these GTIDs precede a position of the log, as they did in the log that the
   * position was read from. Only MariaDB can report this; true where it cannot be refuted.
   */
  public boolean hasBefore(String gtidSet, BinlogPosition place) throws IOException {
    String there = LogOffset.fitsCommand(place.offset()) ? gtidsAt(place) : null;
    return there == null
        || MariadbGtidPosition.parse(there)
            .toString()
            .equals(MariadbGtidPosition.parse(gtidSet).toString());
  }

  /** The GTID set in one of MySQL's global variables. */
  public MysqlGtidSet gtids(String variable) throws IOException {
    return MysqlGtidSet.parse(Objects.requireNonNull(variable(variable)));
  }

  /** The names of the log files, oldest first. */
  public List<String> files() throws IOException {
    return logFiles().stream().map(LogFile::name).toList();
  }

  /** The log files that the server still has, oldest first. */
  public List<LogFile> logFiles() throws IOException {
    return session.query(LOGS).rows().stream().map(ServerFacts::logFile).toList();
  }

  /** The current log file. */
  public String newestFile() throws IOException {
    List<String> files = files();
    return files.get(files.size() - 1);
  }

  private static LogFile logFile(Row log) {
    return new LogFile(
        Objects.requireNonNull(log.text(0), LOGS + " gave NULL for a file"),
        Long.parseLong(Objects.requireNonNull(log.text(1))));
  }

  /** The server's clock, seconds since the epoch. */
  public long now() throws IOException {
    String seconds = session.query("SELECT UNIX_TIMESTAMP()").rows().get(0).text(0);
    return Long.parseLong(Objects.requireNonNull(seconds));
  }

  /** The size of a log file in bytes; null when the server does not have it. */
  public @Nullable Long sizeOf(String file) throws IOException {
    for (LogFile log : logFiles()) {
      if (log.name().equals(file)) {
        return log.size();
      }
    }
    return null;
  }

  /** Whether the server is a replica; false without the privilege to see it. */
  public boolean isReplica() throws IOException {
    try {
      return replicaStatus().first().isPresent();
    } catch (ServerErrorException e) {
      if (SourceFailures.isDenied(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Whether the server is a running replica, so that it will receive all transactions of its
   * source.
   */
  public boolean isCatchingUp() throws IOException {
    try {
      for (Row row : replicaStatus().rows()) {
        if (replicates(row)) {
          return true;
        }
      }
      return false;
    } catch (ServerErrorException e) {
      if (SourceFailures.isDenied(e)) {
        return true; // unknown, so assume that it will catch up
      }
      throw e;
    }
  }

  private static boolean replicates(Row status) {
    List<String> names = status.columns();
    boolean old = names.stream().noneMatch("Replica_SQL_Running"::equalsIgnoreCase);
    String prefix = old ? "Slave_" : "Replica_";
    return "Yes".equals(status.text(prefix + "SQL_Running"))
        && !"No".equals(status.text(prefix + "IO_Running"));
  }

  private QueryResult replicaStatus() throws IOException {
    return either("SHOW REPLICA STATUS", "SHOW SLAVE STATUS");
  }

  private QueryResult masterStatus() throws IOException {
    return either("SHOW MASTER STATUS", "SHOW BINARY LOG STATUS");
  }

  /** Runs a statement that has two names, of which a server knows one or both. */
  private QueryResult either(String sql, String otherName) throws IOException {
    try {
      return session.query(sql);
    } catch (ServerErrorException e) {
      if (e.code() == SYNTAX_ERROR) {
        return session.query(otherName);
      }
      throw e;
    }
  }

  private @Nullable String executed(Row status, BinlogPosition end) throws IOException {
    if (!isMariaDb()) {
      return Objects.requireNonNull(status.text(4)).replace("\n", "");
    }
    return gtidPosition(end);
  }

  /** The GTID position before an offset; null for one that MariaDB does not have. */
  private @Nullable String gtidPosition(BinlogPosition place) throws IOException {
    String sql =
        "SELECT BINLOG_GTID_POS(%s, %d)".formatted(SqlText.literal(place.file()), place.offset());
    return session.query(sql).rows().get(0).text(0);
  }
}
