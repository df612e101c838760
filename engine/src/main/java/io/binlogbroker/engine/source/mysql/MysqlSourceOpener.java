package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.schema.catalogue.Catalogue;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.mysql.check.ReplicaCheck;
import io.binlogbroker.engine.source.mysql.check.SourceSettings;
import io.binlogbroker.engine.source.mysql.log.DdlLookahead;
import io.binlogbroker.engine.source.mysql.log.LogProbe;
import io.binlogbroker.engine.source.mysql.log.LogStart;
import io.binlogbroker.engine.source.mysql.log.LogWatch;
import io.binlogbroker.engine.source.mysql.log.LoggedTextFaults;
import io.binlogbroker.engine.source.mysql.log.PositionOnServer;
import io.binlogbroker.engine.source.mysql.log.ServerBinlogReplay;
import io.binlogbroker.engine.source.mysql.log.ServerLog;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import io.binlogbroker.engine.source.mysql.schema.InformationSchema;
import io.binlogbroker.engine.source.mysql.schema.ServerTables;
import io.binlogbroker.engine.source.mysql.schema.TrackedSchemas;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import io.binlogbroker.engine.source.mysql.server.ServerRounds;
import io.binlogbroker.engine.source.mysql.server.SourceFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import io.binlogbroker.engine.source.mysql.transaction.ExecutedGtids;
import io.binlogbroker.engine.source.mysql.transaction.UndoneRows;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one of the configured servers as a source: logs in, rejects a server whose changes cannot
 * be delivered exactly, and starts the dump at the given position. Relay thread.
 */
public final class MysqlSourceOpener implements ChangeSource.Opener {
  private static final Logger log = LoggerFactory.getLogger(MysqlSourceOpener.class);

  private final ReplicaSettings settings;
  private final SourceFailures failures;
  private final ServerRounds rounds;
  private final Catalogue catalogue;
  private final Counter replacedTexts;
  private final UndoneRows undone = new UndoneRows();
  private @Nullable DdlLookahead ahead;
  private @Nullable OpenedServer opened;
  private boolean startsAtEnd;

  /**
   * @param catalogue of tables, for columns that the log does not name
   * @param replacedTexts counts texts that are malformed in their character sets
   */
  public MysqlSourceOpener(SourceOptions source, Catalogue catalogue, Counter replacedTexts) {
    this.replacedTexts = replacedTexts;
    this.catalogue = catalogue;
    this.settings = source.replica();
    this.failures = new SourceFailures(source.user());
    this.rounds = new ServerRounds(source.sessions(), System::nanoTime);
  }

  /** The server of the source that was opened last. */
  public OpenedServer opened() {
    return Objects.requireNonNull(opened, "No source has been opened");
  }

  /** Where to start reading on a server. */
  private interface Beginning {
    LogStart on(ServerFacts facts, LogProbe files) throws IOException;
  }

  @Override
  public ChangeSource open(@Nullable Position from) {
    startsAtEnd = from == null;
    if (from == null) {
      forgetLog();
    }
    return open(
        (facts, files) ->
            from == null
                ? LogStart.at(facts.end(), facts)
                : new PositionOnServer(facts, files, from, failures.takeAnonymous()).find());
  }

  /** Opens the source at the oldest position that the server still has. */
  public ChangeSource openOldest() {
    startsAtEnd = false;
    forgetLog();
    return open((facts, files) -> LogStart.at(facts.oldest(), facts));
  }

  /**
   * What was read of a log that was reset does not apply to the new log with the same file names.
   */
  private void forgetLog() {
    ahead = null;
    undone.clear();
  }

  private ChangeSource open(Beginning beginning) {
    return rounds.first(server -> open(server, beginning));
  }

  private ChangeSource open(SessionOptions server, Beginning beginning) {
    try {
      Session session = Session.open(server);
      try {
        return start(session, server, beginning);
      } catch (IOException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (IOException e) {
      throw failures.toRelay(e);
    }
  }

  private ChangeSource start(Session session, SessionOptions server, Beginning beginning)
      throws IOException {
    ServerFacts facts = new ServerFacts(session);
    requireDeliverable(facts);
    requireOwnServerId(new ReplicaCheck(session, server, settings));
    ServerIdentity identity = facts.identity();
    LogProbe probe = new LogProbe(server);
    LogStart start = beginning.on(facts, probe);
    log.info("Connected to {} at {}", facts.version(), facts.address());
    InformationSchema schemas = new InformationSchema(server, identity.uuid(), failures);
    DdlLookahead logAhead = ahead(server, identity);
    TrackedSchemas tracked = new TrackedSchemas(catalogue, schemas, logAhead);
    ReplicaOptions replica =
        new ReplicaOptions(
            settings.identity(),
            settings.heartbeat(),
            settings.maxEventSize(),
            tracked,
            new LoggedTextFaults(replacedTexts));
    ExecutedGtids executed = ExecutedGtids.of(start.place().gtidSet(), facts.isMariaDb());
    connectCatalogue(facts, new ServerTables(schemas, logAhead, probe, failures, identity));
    SourceFacts about = SourceFacts.of(facts, Instant.now());
    ReplicaClient client = dump(session, replica, start);
    tracked.follow(client);
    StatementReader statements =
        new StatementReader(session.serverVersion(), settings.maxEventSize());
    opened = new OpenedServer(server, identity.uuid(), about);
    LogWatch watch = new LogWatch(new ServerLog(server, identity), System::nanoTime);
    Lookups lookups =
        new Lookups(
            new ServerBinlogReplay(server, replica), schemas, tracked, undone, statements, watch);
    return new MysqlChangeSource(client, lookups, executed, identity, start, failures);
  }

  /** Reuses the lookahead of the same server, so that its log is not searched again. */
  private DdlLookahead ahead(SessionOptions server, ServerIdentity identity) {
    DdlLookahead known = ahead;
    if (known == null || !known.isOf(server, identity.uuid())) {
      known = new DdlLookahead(server, identity.uuid(), settings);
      ahead = known;
    }
    return known;
  }

  private void connectCatalogue(ServerFacts facts, ServerTables tables) throws IOException {
    boolean namesMissing = !"FULL".equalsIgnoreCase(facts.variable("binlog_row_metadata"));
    catalogue.connect(tables, namesMissing, startsAtEnd);
  }

  private void requireDeliverable(ServerFacts facts) throws IOException {
    for (CheckResult check : new SourceSettings(facts).required()) {
      if (!check.ok()) {
        throw DeliveryException.fatal(
            Objects.requireNonNull(check.kind()),
            check.name() + ": " + check.detail() + ". " + check.fix());
      }
    }
  }

  /** The server would disconnect the other replica that has this server id. */
  private static void requireOwnServerId(ReplicaCheck replica) throws IOException {
    CheckResult check = replica.serverId();
    if (!check.ok()) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION, check.name() + ": " + check.detail() + ": " + check.fix());
    }
  }

  private ReplicaClient dump(Session session, ReplicaOptions replica, LogStart start) {
    try {
      return client(session, replica, start);
    } catch (IOException e) {
      throw failures.ofReplica(e);
    }
  }

  private static ReplicaClient client(Session session, ReplicaOptions replica, LogStart start)
      throws IOException {
    Restart place = start.place();
    if (!start.byGtids()) {
      return ReplicaClient.fromPosition(session, replica, place.file(), place.offset());
    }
    String set = Objects.requireNonNull(place.gtidSet());
    return session.isMariaDb()
        ? ReplicaClient.fromMariadbGtids(session, replica, set)
        : ReplicaClient.fromGtids(session, replica, MysqlGtidSet.parse(set));
  }
}
