package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.event.LogOffset;
import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.ConnectionLostException;
import io.binlogbroker.binlog.wire.QueryResult;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.ServerErrorException;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Restart;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks a server what its versions call by different names. One thread, that of its session. */
public final class ServerFacts {
  private static final int UNKNOWN_VARIABLE = 1193;
  private static final int SYNTAX_ERROR = 1064;

  private static final String LOGS = "SHOW BINARY LOGS";

  private final Session session;

  public ServerFacts(Session session) {
    this.session = session;
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

  /** Who the server is; MariaDB has no UUID, but each server of a topology has an id of its own. */
  public ServerIdentity identity() throws IOException {
    String uuid = isMariaDb() ? "server_id=" + variable("server_id") : variable("server_uuid");
    return new ServerIdentity(uuid, !"0".equals(variable("lower_case_table_names")));
  }

  /**
   * Requires that the server is the one that is meant: another one may answer at the same address.
   *
   * @throws ConnectionLostException when it is not
   */
  public void requireServer(@Nullable String uuid) throws IOException {
    String reached = identity().uuid();
    if (!Objects.equals(reached, uuid)) {
      throw new ConnectionLostException(
          "%s led to the server %s, now it leads to %s"
              .formatted(session.address(), uuid, reached));
    }
  }

  /** Whether every transaction has a GTID by which a dump can be asked for. */
  public boolean hasGtids() throws IOException {
    return isMariaDb() || "ON".equalsIgnoreCase(variable("gtid_mode"));
  }

  /** Where the binary log ends at this moment. */
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

  /** The same in one question; null where the server writes no log. */
  public @Nullable BinlogPosition endPlace() throws IOException {
    Row row = masterStatus().first().orElse(null);
    return row == null ? null : place(row);
  }

  private static BinlogPosition place(Row status) {
    return new BinlogPosition(
        Objects.requireNonNull(status.text(0)),
        Long.parseLong(Objects.requireNonNull(status.text(1))));
  }

  /** Where the oldest log that the server still has begins. */
  public Restart oldest() throws IOException {
    BinlogPosition start = BinlogPosition.startOf(files().get(0));
    String gtids = null;
    if (hasGtids()) {
      gtids = isMariaDb() ? gtidPosition(start) : gtids("gtid_purged").toString();
    }
    return new Restart(start, gtids, identity().uuid(), 0);
  }

  /**
   * The GTIDs executed before a place of the log; null where the server has none or cannot tell, as
   * MySQL cannot.
   */
  public @Nullable String gtidsAt(BinlogPosition place) throws IOException {
    return isMariaDb() ? gtidPosition(place) : null;
  }

  /**
   * Whether a place of the log stands behind just these GTIDs, as it does in the log that they were
   * noted with. Only MariaDB tells; true where nothing speaks against it.
   */
  public boolean standsBehind(String gtidSet, BinlogPosition place) throws IOException {
    String there = LogOffset.fitsCommand(place.offset()) ? gtidsAt(place) : null;
    return there == null
        || MariadbGtidPosition.parse(there)
            .toString()
            .equals(MariadbGtidPosition.parse(gtidSet).toString());
  }

  /** One of MySQL's global variables that hold a set of GTIDs. */
  public MysqlGtidSet gtids(String variable) throws IOException {
    return MysqlGtidSet.parse(Objects.requireNonNull(variable(variable)));
  }

  /** Names of the log files, oldest first. */
  public List<String> files() throws IOException {
    return session.query(LOGS).rows().stream().map(ServerFacts::file).toList();
  }

  /** The file that is written now, or was last. */
  public String newestFile() throws IOException {
    List<String> files = files();
    return files.get(files.size() - 1);
  }

  private static String file(Row log) {
    return Objects.requireNonNull(log.text(0), LOGS + " gave NULL for a file");
  }

  /** Bytes of log behind a position; null when the server does not have its file. */
  public @Nullable Long bytesBehind(BinlogPosition position) throws IOException {
    Long bytes = null;
    for (Row row : session.query(LOGS).rows()) {
      long size = Long.parseLong(Objects.requireNonNull(row.text(1)));
      if (position.file().equals(row.text(0))) {
        bytes = Math.max(0, size - position.offset());
      } else if (bytes != null) {
        bytes += size;
      }
    }
    return bytes;
  }

  /** Bytes of a log file; null when the server does not have it. */
  public @Nullable Long sizeOf(String file) throws IOException {
    for (Row row : session.query(LOGS).rows()) {
      if (file.equals(row.text(0))) {
        return Long.valueOf(Objects.requireNonNull(row.text(1)));
      }
    }
    return null;
  }

  /** Whether the server is one; not, if we may not see. */
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

  /** Whether the server is a replica that works, so that it gets what its source has. */
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
        return true; // it cannot be told, so that time will tell
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

  /** Servers know one name of a statement, or both. */
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

  /** Null for a place that MariaDB does not have. */
  private @Nullable String gtidPosition(BinlogPosition place) throws IOException {
    String sql =
        "SELECT BINLOG_GTID_POS(%s, %d)".formatted(SqlText.literal(place.file()), place.offset());
    return session.query(sql).rows().get(0).text(0);
  }
}
