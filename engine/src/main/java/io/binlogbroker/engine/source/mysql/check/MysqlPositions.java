package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.log.LogProbe;
import io.binlogbroker.engine.source.mysql.log.PlaceProbe;
import io.binlogbroker.engine.source.mysql.log.PositionOnServer;
import io.binlogbroker.engine.source.mysql.log.TransactionStarts;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Checks positions against the binary log that a server has now, without reading from them. One
 * thread.
 */
public final class MysqlPositions {
  private static final String NAME = "stored position";
  private static final String FIX =
      "copy the tables again if changes are missing, then \"position set\" or \"position reset\"";

  private final SourceOptions source;
  private final SourceFailures failures;

  public MysqlPositions(SourceOptions source) {
    this.source = source;
    this.failures = new SourceFailures(source.user());
  }

  /** Whether the server can continue from a position. */
  public CheckResult check(Position position) {
    try (Session session = source.connect()) {
      return check(session, new LogProbe(source.of(session)), position);
    } catch (IOException e) {
      return CheckResult.failed(NAME, failures.toRelay(e), "");
    } catch (DeliveryException e) {
      return CheckResult.failed(NAME, e, e.kind() == FailureKind.POSITION_LOST ? FIX : "");
    }
  }

  /**
   * The position at an offset of a log file, completed with this server's UUID and, where the
   * server can report them, the GTIDs before it.
   *
   * @param gtidSet executed before it; null when the operator does not give one
   * @throws DeliveryException when the server cannot be queried
   */
  public Position at(BinlogPosition place, @Nullable String gtidSet, String epoch) {
    try (Session session = source.connect()) {
      ServerFacts facts = new ServerFacts(session);
      String gtids =
          gtidSet == null ? facts.gtidsAt(place) : normalized(gtidSet, facts.isMariaDb());
      return Position.at(new Restart(place, gtids, facts.identity().uuid(), 0), epoch);
    } catch (IOException e) {
      throw failures.toRelay(e);
    }
  }

  /**
   * Requires that a transaction can begin at a position, if the server has its file.
   *
   * @throws DeliveryException when none does, with the nearest transactions, or when the server
   *     cannot be queried
   */
  public void requireTransactionStart(BinlogPosition place) {
    try (Session session = source.connect()) {
      SessionOptions server = source.of(session);
      Long size = new ServerFacts(session).sizeOf(place.file());
      if (size == null) {
        return; // possible only with GTIDs, which do not need the file
      }
      String fault =
          place.offset() > size
              ? "it is beyond the end of its file, " + size
              : new PlaceProbe(server).faultOfStart(place);
      if (fault != null) {
        String nearest = new TransactionStarts(server, System::nanoTime).around(place);
        throw DeliveryException.fatal(
            FailureKind.INVALID_ARGUMENT,
            "No transaction begins at " + place + ": " + fault + ". " + nearest);
      }
    } catch (IOException e) {
      throw failures.ofReplica(e);
    }
  }

  private static String normalized(String gtidSet, boolean mariaDb) {
    try {
      return mariaDb
          ? MariadbGtidPosition.parse(gtidSet).toString()
          : MysqlGtidSet.parse(gtidSet).toString();
    } catch (IllegalArgumentException e) {
      throw DeliveryException.fatal(
          FailureKind.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
    }
  }

  private static CheckResult check(Session session, LogProbe files, Position position)
      throws IOException {
    ServerFacts facts = new ServerFacts(session);
    new PositionOnServer(facts, files, position, false).find();
    return result(position, facts.hasGtids());
  }

  private static CheckResult result(Position position, boolean hasGtids) {
    return hasGtids && position.gtidSet() == null
        ? CheckResult.warning(
            NAME,
            position + " has no GTIDs, although the server uses them",
            "\"position set\" with --gtid-set, if the broker must follow a failover to another server")
        : CheckResult.ok(NAME, position.toString());
  }
}
