package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.source.mysql.log.LoggedTransaction;
import io.binlogbroker.engine.source.mysql.log.TransactionSearch;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Translates the position of another program into one from which the broker continues without
 * skipping a row: the start of the first transaction that the program has not read completely.
 * Compares it with the server's log. One thread.
 */
public final class PositionImport {
  private final SourceOptions source;
  private final SourceFailures failures;

  /**
   * @param position to continue from
   * @param notes for the user: what was adapted, and which rows will be duplicates
   */
  public record Result(Position position, List<String> notes) {
    public Result {
      notes = List.copyOf(notes);
    }
  }

  public PositionImport(SourceOptions source) {
    this.source = source;
    this.failures = new SourceFailures(source.user());
  }

  /**
   * @throws DeliveryException when the server cannot continue from there, or cannot be queried
   */
  public Result translate(ReadPosition read) {
    List<String> notes = new ArrayList<>();
    Position position;
    try (Session session = source.connect()) {
      position = translate(session, read, notes);
    } catch (IOException e) {
      throw failures.ofReplica(e);
    }
    CheckResult check = new MysqlPositions(source).check(position);
    if (check.isWarning()) {
      notes.add(check.detail() + "; fix: " + check.fix());
    } else if (!check.ok()) {
      throw DeliveryException.fatal(Objects.requireNonNull(check.kind()), check.detail());
    }
    return new Result(position, notes);
  }

  private Position translate(Session session, ReadPosition read, List<String> notes)
      throws IOException {
    ServerFacts facts = new ServerFacts(session);
    MysqlGtidSet gtids = facts.hasGtids() && !facts.isMariaDb() ? mysqlGtids(read) : null;
    requireServer(facts, read, gtids != null, notes);
    LoggedTransaction next = find(session, facts, read, gtids, notes);
    if (gtids != null) {
      return position(facts, next.start(), withoutNext(gtids, next, notes).toString());
    }
    String before = facts.gtidsAt(next.start());
    compareMariadb(before, read, next, notes);
    return position(facts, next.start(), before);
  }

  private static Position position(ServerFacts facts, BinlogPosition start, @Nullable String gtids)
      throws IOException {
    String epoch = UUID.randomUUID().toString();
    return new Position(start, gtids, 0, 0, facts.identity().uuid(), epoch);
  }

  private static @Nullable MysqlGtidSet mysqlGtids(ReadPosition read) {
    String set = read.gtidSet();
    try {
      return set == null ? null : MysqlGtidSet.parse(set);
    } catch (IllegalArgumentException e) {
      throw DeliveryException.fatal(
          FailureKind.INVALID_ARGUMENT,
          "Expected a GTID set as MySQL writes it: " + e.getMessage(),
          e);
    }
  }

  /** A replica's log has events with the server id of its source. */
  private static void requireServer(
      ServerFacts facts, ReadPosition read, boolean byGtids, List<String> notes)
      throws IOException {
    String actual = String.valueOf(facts.variable("server_id"));
    if (read.serverId() == 0 || actual.equals(Long.toString(read.serverId()))) {
      return;
    }
    String difference =
        "the position has server_id %d but this server has %s".formatted(read.serverId(), actual);
    if (!byGtids && !facts.isReplica()) {
      throw DeliveryException.fatal(
          FailureKind.POSITION_LOST,
          "File names and offsets are valid on one server only, and "
              + difference
              + ": name the server that the other program reads in \"MysqlConn\", or set the same"
              + " place of this server's log with \"binlogbroker position set\"");
    }
    if (byGtids) {
      requireNoPlace(read, difference);
    }
    notes.add(
        difference
            + (byGtids
                ? "; GTIDs are valid on both"
                : "; this is a replica, whose log keeps the server_id of its source"));
  }

  private LoggedTransaction find(
      Session session,
      ServerFacts facts,
      ReadPosition read,
      @Nullable MysqlGtidSet gtids,
      List<String> notes)
      throws IOException {
    BinlogPosition place = read.place();
    if (facts.sizeOf(place.file()) == null) {
      if (gtids != null) {
        String missing = "the server does not have " + place.file();
        requireNoPlace(read, missing);
        notes.add(missing + "; the GTIDs determine the start");
        return new LoggedTransaction(place, null);
      }
      throw DeliveryException.fatal(
          FailureKind.POSITION_LOST,
          "The server does not have %s; its oldest file is %s. The changes in between are lost:"
                  .formatted(place.file(), facts.files().get(0))
              + " copy the tables again with a snapshot, and keep logs longer"
              + " (binlog_expire_logs_seconds)");
    }
    TransactionSearch search = new TransactionSearch(source.of(session));
    try {
      LoggedTransaction next = search.at(place);
      addDuplicates(search, next, read, notes);
      return next;
    } catch (DeliveryException e) {
      if (gtids == null || e.kind() != FailureKind.INVALID_ARGUMENT) {
        throw e;
      }
      requireNoPlace(read, String.valueOf(e.getMessage()));
      notes.add(e.getMessage() + ", on this server; the GTIDs determine the start");
      return new LoggedTransaction(place, null);
    }
  }

  /** On another server, a transaction that is read in part would be skipped. */
  private static void requireNoPlace(ReadPosition read, String reason) {
    if (read.needsPlace()) {
      throw DeliveryException.fatal(
          FailureKind.POSITION_LOST,
          "The GTIDs of the position may include a transaction of which not every row was read, and"
              + " its place cannot be found, since "
              + reason
              + ": name the server that the other program reads in \"MysqlConn\", or set the GTIDs"
              + " without the last transaction with \"binlogbroker position set --gtid-set\"");
    }
  }

  private static void addDuplicates(
      TransactionSearch search, LoggedTransaction next, ReadPosition read, List<String> notes)
      throws IOException {
    if (!next.start().isBefore(read.place()) && read.events() == 0 && read.rows() == 0) {
      return;
    }
    Long rows = search.rows(next.start(), read.place(), read.events(), read.rows());
    notes.add(
        "%s is inside the transaction at %s, which is delivered from its beginning: %s"
            .formatted(read.place(), next.start(), duplicates(rows)));
  }

  private static String duplicates(@Nullable Long rows) {
    if (rows == null) {
      return "its rows before that place are delivered again";
    }
    return rows == 0 ? "no row is delivered again" : "up to " + rows + " rows are delivered again";
  }

  /** Some programs add the GTID of a transaction before they have read its rows. */
  private static MysqlGtidSet withoutNext(
      MysqlGtidSet gtids, LoggedTransaction next, List<String> notes) {
    String gtid = next.gtid();
    if (gtid == null) {
      return gtids;
    }
    MysqlGtidSet one = MysqlGtidSet.parse(gtid);
    if (!gtids.containsAll(one)) {
      return gtids;
    }
    notes.add(
        "the GTIDs include " + gtid + ", which is not read completely; it is delivered again");
    return gtids.without(one);
  }

  private static void compareMariadb(
      @Nullable String before, ReadPosition read, LoggedTransaction next, List<String> notes) {
    String given = read.gtidSet();
    if (before == null || given == null) {
      return;
    }
    try {
      if (!MariadbGtidPosition.parse(given)
          .toString()
          .equals(MariadbGtidPosition.parse(before).toString())) {
        notes.add(
            "the GTIDs before %s are %s on this server; file and offset determine the start"
                .formatted(next.start(), before));
      }
    } catch (IllegalArgumentException e) {
      notes.add("the GTIDs are not used: " + e.getMessage());
    }
  }
}
