package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.relay.CheckResult;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.Position;
import io.binlogbroker.broker.relay.RelayException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds positions against what a server has now, without reading from them. One thread. */
public final class MysqlPositions {
  private static final String NAME = "stored position";
  private static final String MEND =
      "copy the tables anew if changes are missing, then \"position set\" or \"position reset\"";

  private final SourceOptions source;
  private final SourceFailures failures;

  public MysqlPositions(String group, Config config) {
    this.source = SourceOptions.of(group, config);
    this.failures = new SourceFailures(source.session().credentials().user());
  }

  /** Whether the server can go on from a position. */
  public CheckResult check(Position position) {
    try (Session session = Session.open(source.session())) {
      return check(session, position);
    } catch (IOException e) {
      return CheckResult.failed(NAME, failures.toRelay(e), "");
    } catch (RelayException e) {
      return CheckResult.failed(NAME, e, "");
    } catch (IllegalArgumentException e) {
      return lost("its GTIDs cannot be used: " + e.getMessage());
    }
  }

  /**
   * The position at a place of the log, with what belongs to it on this server.
   *
   * @param gtidSet executed before it; null when the operator does not say
   * @throws RelayException when the server cannot be asked
   */
  public Position at(String file, long offset, @Nullable String gtidSet, String epoch) {
    try (Session session = Session.open(source.session())) {
      ServerFacts facts = new ServerFacts(session);
      String gtids =
          gtidSet == null ? facts.gtidsAt(file, offset) : understood(gtidSet, facts.isMariaDb());
      return new Position(file, offset, gtids, 0, 0, facts.identity().uuid(), epoch);
    } catch (IOException e) {
      throw failures.toRelay(e);
    }
  }

  private static String understood(String gtidSet, boolean mariaDb) {
    try {
      return mariaDb
          ? MariadbGtidPosition.parse(gtidSet).toString()
          : MysqlGtidSet.parse(gtidSet).toString();
    } catch (IllegalArgumentException e) {
      throw RelayException.fatal(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static CheckResult check(Session session, Position position) throws IOException {
    ServerFacts facts = new ServerFacts(session);
    boolean sameServer = Objects.equals(position.serverUuid(), facts.identity().uuid());
    boolean byGtids = position.gtidSet() != null && facts.hasGtids();
    if (!sameServer && !byGtids) {
      return lost(
          "%s is of the server %s, this is %s"
              .formatted(position, position.serverUuid(), facts.identity().uuid()));
    }
    if (byGtids && !facts.isMariaDb()) {
      return purged(facts, position);
    }
    String set = position.gtidSet();
    if (set != null && !facts.standsBehind(set, position.file(), position.offset())) {
      return lost(position + " is not of this server's log: other GTIDs stand before it there");
    }
    return inFiles(session, position, facts.hasGtids());
  }

  private static CheckResult purged(ServerFacts facts, Position position) throws IOException {
    String set = Objects.requireNonNull(position.gtidSet());
    String gone = facts.purgedAfter(set);
    if (!gone.isEmpty()) {
      return lost("the server has deleted transactions after it: " + gone);
    }
    String unknown = facts.ownUnknownOf(set);
    return unknown.isEmpty()
        ? CheckResult.ok(NAME, position.toString())
        : lost("the server does not know its transactions " + unknown);
  }

  private static CheckResult inFiles(Session session, Position position, boolean hasGtids)
      throws IOException {
    for (Row row : session.query("SHOW BINARY LOGS").rows()) {
      if (position.file().equals(row.text(0))) {
        long size = Long.parseLong(String.valueOf(row.text(1)));
        return position.offset() <= size
            ? there(position, hasGtids)
            : lost("%s lies behind the end of its file, %d".formatted(position, size));
      }
    }
    return lost("the server no longer has " + position.file() + ", for " + position);
  }

  private static CheckResult there(Position position, boolean hasGtids) {
    return hasGtids && position.gtidSet() == null
        ? CheckResult.warning(
            NAME,
            position + " has no GTIDs, though the server has",
            "\"position set\" with --gtid-set, if a failover to another server is to be followed")
        : CheckResult.ok(NAME, position.toString());
  }

  private static CheckResult lost(String detail) {
    return CheckResult.notOk(NAME, ExitCode.POSITION_LOST, detail, MEND);
  }
}
