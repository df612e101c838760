package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.wire.QueryResult;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.ServerErrorException;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.Restart;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks a server what its versions call by different names. One thread, that of its session. */
final class ServerFacts {
  private static final int UNKNOWN_VARIABLE = 1193;
  private static final int SYNTAX_ERROR = 1064;
  private static final long LARGEST_OFFSET_ASKED = 0xFFFFFFFFL;

  private final Session session;

  ServerFacts(Session session) {
    this.session = session;
  }

  boolean isMariaDb() {
    return session.isMariaDb();
  }

  /** A global variable; null where this server does not have it. */
  @Nullable String variable(String name) throws IOException {
    try {
      return session.query("SELECT @@global." + name).rows().get(0).text(0);
    } catch (ServerErrorException e) {
      if (e.code() == UNKNOWN_VARIABLE) {
        return null;
      }
      throw e;
    }
  }

  boolean isOn(String name) throws IOException {
    String value = variable(name);
    return value != null && (value.equals("1") || value.equalsIgnoreCase("ON"));
  }

  /** Who the server is; MariaDB has no UUID. */
  ServerIdentity identity() throws IOException {
    String uuid = isMariaDb() ? null : variable("server_uuid");
    return new ServerIdentity(uuid, !"0".equals(variable("lower_case_table_names")));
  }

  /** Whether every transaction has a GTID by which a dump can be asked for. */
  boolean hasGtids() throws IOException {
    return isMariaDb() || "ON".equalsIgnoreCase(variable("gtid_mode"));
  }

  /** Where the binary log ends at this moment. */
  Restart end() throws IOException {
    QueryResult status = masterStatus();
    Row row =
        status
            .first()
            .orElseThrow(
                () ->
                    RelayException.fatal(
                        ExitCode.SOURCE_SETTINGS,
                        "The server "
                            + session.address()
                            + " writes no binary log. Start it with log_bin in its configuration."));
    String file = Objects.requireNonNull(row.text(0));
    long offset = Long.parseLong(Objects.requireNonNull(row.text(1)));
    return new Restart(file, offset, hasGtids() ? executed(row, file, offset) : null);
  }

  /**
   * The GTIDs executed before a place of the log; null where the server has none or cannot tell, as
   * MySQL cannot.
   */
  @Nullable String gtidsAt(String file, long offset) throws IOException {
    return isMariaDb() ? gtidPosition(file, offset) : null;
  }

  /**
   * Whether a place of the log stands behind just these GTIDs, as it does in the log that they were
   * noted with. Only MariaDB tells; true where nothing speaks against it.
   */
  boolean standsBehind(String gtidSet, String file, long offset) throws IOException {
    String there = offset > LARGEST_OFFSET_ASKED ? null : gtidsAt(file, offset);
    return there == null
        || MariadbGtidPosition.parse(there)
            .toString()
            .equals(MariadbGtidPosition.parse(gtidSet).toString());
  }

  /** Transactions outside of the set that MySQL has deleted; empty if it can serve them all. */
  String purgedAfter(String gtidSet) throws IOException {
    return subtract("@@global.gtid_purged", SqlText.literal(gtidSet));
  }

  /** Transactions of the set that MySQL itself should have made but has not. */
  String ownUnknownOf(String gtidSet) throws IOException {
    String unknown = subtract(SqlText.literal(gtidSet), "@@global.gtid_executed");
    String own = String.valueOf(variable("server_uuid"));
    return unknown.contains(own) ? unknown : "";
  }

  private String subtract(String from, String set) throws IOException {
    String sql = "SELECT GTID_SUBTRACT(" + from + ", " + set + ")";
    String rest = session.query(sql).rows().get(0).text(0);
    return rest == null ? "" : rest.replace("\n", "");
  }

  private QueryResult masterStatus() throws IOException {
    try {
      return session.query("SHOW MASTER STATUS");
    } catch (ServerErrorException e) {
      if (e.code() == SYNTAX_ERROR) {
        return session.query("SHOW BINARY LOG STATUS");
      }
      throw e;
    }
  }

  private @Nullable String executed(Row status, String file, long offset) throws IOException {
    if (!isMariaDb()) {
      return Objects.requireNonNull(status.text(4)).replace("\n", "");
    }
    return gtidPosition(file, offset);
  }

  /** Null for a place that MariaDB does not have. */
  private @Nullable String gtidPosition(String file, long offset) throws IOException {
    String sql = "SELECT BINLOG_GTID_POS(%s, %d)".formatted(SqlText.literal(file), offset);
    return session.query(sql).rows().get(0).text(0);
  }
}
