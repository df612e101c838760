package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.binlog.wire.QueryResult;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.log.LogProbe;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;

/** Tests the operations of a replica without using the broker's server id. One thread. */
public final class ReplicaCheck {
  private static final int SYNTAX_ERROR = 1064;
  private static final int ACCESS_DENIED = 1227;
  private static final int UUID_COLUMN = 4;

  private final Session session;
  private final SessionOptions options;
  private final ReplicaSettings settings;

  /**
   * @param options that the session was opened with
   */
  public ReplicaCheck(Session session, SessionOptions options, ReplicaSettings settings) {
    this.session = session;
    this.options = options;
    this.settings = settings;
  }

  CheckResult dump() throws IOException {
    new LogProbe(options).read();
    return CheckResult.ok("grant REPLICATION SLAVE", "the binary log can be read");
  }

  CheckResult status() throws IOException {
    return CheckResult.ok(
        "grant REPLICATION CLIENT",
        "the binary log ends at " + describeEnd(new ServerFacts(session)));
  }

  private static String describeEnd(ServerFacts facts) throws IOException {
    return facts.end().place().toString();
  }

  /** Whether no other replica uses the broker's server id. */
  public CheckResult serverId() throws IOException {
    String name = "ServerId";
    ReplicaIdentity ours = settings.identity();
    String id = Long.toString(ours.serverId());
    if (id.equals(new ServerFacts(session).variable("server_id"))) {
      return CheckResult.notOk(
          name,
          FailureKind.CONFIGURATION,
          id + " is the server_id of the server itself",
          "set another \"ServerId\"");
    }
    if (!session.serverVersion().listsReplicasSafely()) {
      return CheckResult.ok(
          name,
          id
              + "; not compared with other replicas, because "
              + session.serverVersion()
              + " may crash when it lists them");
    }
    try {
      for (Row row : replicas().rows()) {
        if (id.equals(row.text(0))) {
          return taken(name, id, row, ours);
        }
      }
      return CheckResult.ok(name, id + ", used by no other replica");
    } catch (ServerErrorException e) {
      if (e.code() == ACCESS_DENIED) {
        return CheckResult.ok(
            name, id + "; not compared with other replicas, which this user may not list");
      }
      throw e;
    }
  }

  private static CheckResult taken(String name, String id, Row row, ReplicaIdentity ours) {
    // MariaDB has no UUIDs; MySQL does not report that of a replica whose connection is closing.
    String uuid = row.size() > UUID_COLUMN ? row.text(UUID_COLUMN) : null;
    boolean isOurs =
        uuid == null
            ? ours.reportHost().equals(row.text(1))
            : ours.uuid().toString().equalsIgnoreCase(uuid);
    if (isOurs) {
      return CheckResult.ok(name, id + ", in use by a broker of this group");
    }
    return CheckResult.notOk(
        name,
        FailureKind.FENCED,
        "%s is used by the replica at \"%s\"; the server lets only one of them read"
            .formatted(id, row.text(1)),
        "set another \"ServerId\"");
  }

  private QueryResult replicas() throws IOException {
    try {
      return session.query("SHOW SLAVE HOSTS");
    } catch (ServerErrorException e) {
      if (e.code() == SYNTAX_ERROR) {
        return session.query("SHOW REPLICAS");
      }
      throw e;
    }
  }
}
