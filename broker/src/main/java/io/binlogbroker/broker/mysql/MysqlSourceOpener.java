package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.SessionOptions;
import io.binlogbroker.broker.relay.ChangeSource;
import io.binlogbroker.broker.relay.CheckResult;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.Position;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.Restart;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the configured server as a source: logs in, refuses what cannot be delivered exactly, and
 * starts the dump where it is told to. Relay thread.
 */
public final class MysqlSourceOpener implements ChangeSource.Opener {
  private static final Logger log = LoggerFactory.getLogger(MysqlSourceOpener.class);

  private final SourceOptions source;
  private final SessionOptions options;
  private final ReplicaSettings settings;
  private final SourceFailures failures;

  public MysqlSourceOpener(SourceOptions source) {
    this.source = source;
    this.options = source.session();
    this.settings = source.replica();
    this.failures = new SourceFailures(options.credentials().user());
  }

  @Override
  public ChangeSource open(@Nullable Position from) {
    try {
      Session session = Session.open(options);
      try {
        return start(session, from);
      } catch (IOException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (IOException e) {
      throw failures.toRelay(e);
    }
  }

  private ChangeSource start(Session session, @Nullable Position from) throws IOException {
    ServerFacts facts = new ServerFacts(session);
    requireDeliverable(facts);
    requireOwnServerId(session);
    ServerIdentity identity = facts.identity();
    Restart start = from == null ? facts.end() : startOf(from, identity.uuid(), facts);
    log.info(
        "Connected to {} {} at {}",
        facts.isMariaDb() ? "MariaDB" : "MySQL",
        session.serverVersion().text(),
        session.address());
    InformationSchema schemas = new InformationSchema(options, failures);
    ReplicaOptions replica =
        new ReplicaOptions(
            settings.identity(),
            settings.heartbeat(),
            settings.maxEventSize(),
            schemas,
            new LoggedTextFaults());
    ExecutedGtids executed = executed(start, facts.isMariaDb());
    requireSameLog(start, facts);
    ReplicaClient client = dump(session, replica, start, facts.isMariaDb());
    return new MysqlChangeSource(client, schemas, executed, identity, start, failures);
  }

  private void requireDeliverable(ServerFacts facts) throws IOException {
    for (CheckResult check : new SourceSettings(facts).required()) {
      if (!check.ok()) {
        throw RelayException.fatal(
            check.exitCode(), check.name() + ": " + check.detail() + ". " + check.mend());
      }
    }
  }

  /** The server would turn the other replica out, which may be somebody's only one. */
  private void requireOwnServerId(Session session) throws IOException {
    CheckResult check = new ReplicaCheck(session, source).serverId();
    if (!check.ok()) {
      throw RelayException.fatal(
          ExitCode.CONFIG, check.name() + ": " + check.detail() + ": " + check.mend());
    }
  }

  /** File names mean nothing on another server; GTIDs do. */
  private static Restart startOf(Position from, @Nullable String uuid, ServerFacts facts)
      throws IOException {
    boolean sameServer = Objects.equals(from.serverUuid(), uuid);
    if (!sameServer && (from.gtidSet() == null || !facts.hasGtids())) {
      throw RelayException.fatal(
          ExitCode.POSITION_LOST,
          "The stored position "
              + from
              + " is of the server "
              + from.serverUuid()
              + " but this is "
              + uuid
              + ", and there are no GTIDs to go by. Go back to that server, or set a position of"
              + " this one with \"binlogbroker position set\".");
    }
    if (!sameServer && !from.isBetweenTransactions()) {
      throw RelayException.fatal(
          ExitCode.POSITION_LOST,
          "The stored position "
              + from
              + " lies within a transaction of the server "
              + from.serverUuid()
              + " but this is "
              + uuid
              + ". Go back to that server for the rest of it.");
    }
    return new Restart(from.file(), from.offset(), facts.hasGtids() ? from.gtidSet() : null);
  }

  /** MariaDB has no UUID: another server's log, or a new one, is known by its GTIDs. */
  private static void requireSameLog(Restart start, ServerFacts facts) throws IOException {
    String set = start.gtidSet();
    if (set != null && !facts.standsBehind(set, start.file(), start.offset())) {
      throw RelayException.fatal(
          ExitCode.POSITION_LOST,
          "The stored position "
              + start.file()
              + ":"
              + start.offset()
              + " stands behind the GTIDs "
              + set
              + ", but other ones stand before it in this server's log: it is another server, or"
              + " its log was begun anew. Go back to that server, or set a position of this one"
              + " with \"binlogbroker position set\".");
    }
  }

  private static ExecutedGtids executed(Restart start, boolean mariaDb) {
    String set = start.gtidSet();
    if (set == null) {
      return ExecutedGtids.none();
    }
    try {
      return mariaDb
          ? ExecutedGtids.mariadb(MariadbGtidPosition.parse(set))
          : ExecutedGtids.mysql(MysqlGtidSet.parse(set));
    } catch (IllegalArgumentException e) {
      throw RelayException.fatal(
          ExitCode.POSITION_LOST,
          "The GTIDs to go on from cannot be used: "
              + e.getMessage()
              + ". Set a position with \"binlogbroker position set\"",
          e);
    }
  }

  private ReplicaClient dump(
      Session session, ReplicaOptions replica, Restart start, boolean mariaDb) {
    try {
      return client(session, replica, start, mariaDb);
    } catch (IOException e) {
      throw failures.ofReplica(e);
    }
  }

  private static ReplicaClient client(
      Session session, ReplicaOptions replica, Restart start, boolean mariaDb) throws IOException {
    String set = start.gtidSet();
    if (set == null || mariaDb) {
      return ReplicaClient.fromPosition(session, replica, start.file(), start.offset());
    }
    return ReplicaClient.fromGtids(session, replica, MysqlGtidSet.parse(set));
  }
}
