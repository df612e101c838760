package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.event.MariadbGtidPosition;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks before a dump whether a server can continue from a position: whether it is the same
 * server, still has the log to read, and has all transactions that were delivered. One thread, that
 * of its session.
 */
public final class PositionOnServer {
  private static final String SET =
      " Set a position of this server with \"binlogbroker position set\", or start at its end with"
          + " \"position reset\".";

  private final ServerFacts facts;
  private final LogProbe files;
  private final Position position;
  private final boolean anonymous;
  private final @Nullable String server;

  /**
   * @param anonymous whether transactions without GTIDs are known to follow the position
   */
  public PositionOnServer(ServerFacts facts, LogProbe files, Position position, boolean anonymous)
      throws IOException {
    this.facts = facts;
    this.files = files;
    this.position = position;
    this.anonymous = anonymous;
    this.server = facts.identity().uuid();
  }

  /**
   * @throws DeliveryException when the server cannot continue from it; retriable when it may be
   *     able to later
   */
  public LogStart find() throws IOException {
    String set = facts.hasGtids() ? position.gtidSet() : null;
    try {
      if (set != null && !facts.isMariaDb()) {
        requireMysql(MysqlGtidSet.parse(set));
        requireSameFiles();
        return startOfMysql(set);
      }
      if (set != null && !isSameServer()) {
        requireMariadb(MariadbGtidPosition.parse(set));
        return start(set, true);
      }
      requireSameServer();
      requireSameLog(set);
      requireFile();
      requireSameFiles();
      requireEvent();
      return start(set, false);
    } catch (IllegalArgumentException e) {
      throw lost("Its GTIDs cannot be used: " + e.getMessage() + "." + SET, e);
    }
  }

  /**
   * As {@link #find} for a position just read from this server, by file and offset alone: a
   * transaction may be read before the server adds it to its executed GTIDs.
   */
  void requireLog() throws IOException {
    requireSameFiles();
    requireFile();
  }

  private LogStart startOfMysql(String set) throws IOException {
    if (!anonymous) {
      return start(set, true);
    }
    if (!isSameServer()) {
      throw lost(
          "Transactions without GTIDs follow it (gtid_mode was off), and its file belongs to"
              + " the server "
              + position.serverUuid()
              + ". Switch back to that server, or compare the tables."
              + SET);
    }
    requireFile();
    requireEvent();
    return start(set, false);
  }

  /** Reading that does not start at the first byte of an event looks like a damaged log. */
  private void requireEvent() throws IOException {
    String fault = files.places().fault(position.place());
    if (fault != null) {
      throw DeliveryException.fatal(
          FailureKind.SOURCE_DATA,
          "Cannot continue from the position " + position + ": " + fault + "." + SET);
    }
  }

  private LogStart start(@Nullable String set, boolean byGtids) {
    if (byGtids && !isSameServer()) {
      requireResumable();
    }
    return new LogStart(
        new Restart(position.place(), set, position.serverUuid(), position.fileCreated()), byGtids);
  }

  /** Older positions of MariaDB do not name the server. */
  private boolean isSameServer() {
    String known = position.serverUuid();
    return known == null ? facts.isMariaDb() : known.equals(server);
  }

  private void requireMysql(MysqlGtidSet delivered) throws IOException {
    MysqlGtidSet gone = facts.gtids("gtid_purged").without(delivered);
    if (!gone.isEmpty()) {
      throw lost(
          "The server has deleted transactions after it: "
              + gone
              + ". Copy the tables again if they matter."
              + SET);
    }
    MysqlGtidSet unknown = delivered.without(facts.gtids("gtid_executed"));
    if (unknown.isEmpty()) {
      return;
    }
    if (unknown.names(UUID.fromString(Objects.requireNonNull(server)))) {
      if (isInLog(unknown)) {
        throw DeliveryException.retriable(
            FailureKind.POSITION_LOST,
            "The server has not committed "
                + unknown
                + " yet, which its log contains and which is delivered: it may be waiting for a"
                + " replica's acknowledgement",
            null);
      }
      throw lost(
          "The server does not have its own delivered transactions "
              + unknown
              + ": its log was reset (RESET MASTER), or it was restored"
              + " from a backup. Compare the tables."
              + SET);
    }
    throw ahead(unknown.toString());
  }

  /**
   * Whether the log has delivered transactions that the server has not executed. It adds a
   * transaction to its executed GTIDs after it has written it to the log: with semi-synchronous
   * replication, seconds later. A log that was reset or restored does not have them.
   */
  private boolean isInLog(MysqlGtidSet unknown) throws IOException {
    Long size = facts.sizeOf(position.file());
    return size != null
        && position.offset() <= size
        && isSameServer()
        && files.hasBefore(unknown, position.place(), server);
  }

  private void requireMariadb(MariadbGtidPosition delivered) throws IOException {
    String state = Objects.requireNonNull(facts.variable("gtid_binlog_state"));
    String unknown = delivered.beyond(state).toString();
    if (!unknown.isEmpty()) {
      throw ahead(unknown);
    }
  }

  /**
   * A replica will receive the transactions that it lacks; a server that is not a replica never
   * will.
   */
  private DeliveryException ahead(String unknown) throws IOException {
    if (facts.isCatchingUp()) {
      return DeliveryException.retriable(
          FailureKind.POSITION_LOST,
          "The server does not have the delivered transactions "
              + unknown
              + " yet; waiting for its replication",
          null);
    }
    return lost(
        "The server does not have the delivered transactions "
            + unknown
            + ", and it is not a replica that may still receive them: they were lost"
            + " in a failover, and what it commits now diverges. Compare the tables."
            + SET);
  }

  /**
   * In the middle of a transaction, another server can continue only by the GTID and the checksum
   * of the delivered rows.
   */
  private void requireResumable() {
    if (!position.isBetweenTransactions() && position.delivered() == null) {
      throw lost(
          "It is inside a transaction of the server "
              + position.serverUuid()
              + " but this is "
              + server
              + ". Switch back to that server for the rest of the transaction.");
    }
  }

  /** File names mean nothing on another server; GTIDs do. */
  private void requireSameServer() {
    if (!isSameServer()) {
      throw lost(
          "It belongs to the server "
              + position.serverUuid()
              + " but this is "
              + server
              + ", and there are no GTIDs to find it by. Switch back to that server, or set a position of"
              + " this one with \"binlogbroker position set\".");
    }
  }

  /** The GTIDs that MariaDB has before the position must be those that were read before it. */
  private void requireSameLog(@Nullable String set) throws IOException {
    if (set != null && !facts.hasBefore(set, position.place())) {
      throw lost(
          "This server's log has other GTIDs than "
              + set
              + " before it: it is another server, or its log was reset. Switch back to that server, or set a position of this one with \"binlogbroker"
              + " position set\".");
    }
  }

  private void requireFile() throws IOException {
    Long size = facts.sizeOf(position.file());
    if (size == null) {
      throw lost("The server no longer has " + position.file() + ". Copy the tables again." + SET);
    }
    if (position.offset() > size) {
      throw lost(
          "It is beyond the end of its file, "
              + size
              + ": the log was reset, or truncated in a crash. Compare the tables."
              + SET);
    }
  }

  /** After RESET MASTER, file names are reused and so are, with GTIDs, transaction numbers. */
  void requireSameFiles() throws IOException {
    if (!isSameServer() || position.fileCreated() == 0) {
      return;
    }
    if (facts.sizeOf(position.file()) == null) {
      requireNewerFiles(); // it was purged, and nothing in it remains to be read
      return;
    }
    long created = files.createdAt(position.file(), server);
    if (created != position.fileCreated()) {
      throw lost(
          "The server created its current %s at %s, but the one that was read at %s: "
                  .formatted(position.file(), at(created), at(position.fileCreated()))
              + "its log was reset (RESET MASTER, RESET BINARY LOGS AND GTIDS). Compare the"
              + " tables."
              + SET);
    }
  }

  private void requireNewerFiles() throws IOException {
    String newest = facts.newestFile();
    if (stem(newest).equals(stem(position.file()))
        && Long.parseLong(number(newest)) < Long.parseLong(number(position.file()))) {
      throw lost(
          "The server's newest log is "
              + newest
              + ": its log was reset (RESET MASTER, RESET BINARY LOGS AND GTIDS). Compare the"
              + " tables."
              + SET);
    }
  }

  private static String stem(String file) {
    return file.substring(0, file.lastIndexOf('.') + 1);
  }

  private static String number(String file) {
    return file.substring(file.lastIndexOf('.') + 1);
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  private DeliveryException lost(String why) {
    return lost(why, null);
  }

  private DeliveryException lost(String why, @Nullable Throwable cause) {
    return DeliveryException.fatal(
        FailureKind.POSITION_LOST,
        "Cannot continue from the position " + position + ". " + why,
        cause);
  }
}
