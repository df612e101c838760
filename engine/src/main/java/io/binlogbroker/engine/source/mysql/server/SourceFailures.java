package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.wire.connection.ConnectFailedException;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.connection.TlsFailedException;
import io.binlogbroker.binlog.wire.login.LoginRefusedException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;

/**
 * Classifies the failures of a source: whether a retry may help, and if not, how to fix it. All
 * dump errors have the number 1236; only their texts differ.
 */
public final class SourceFailures {
  public static final int DUMP_ERROR = 1236;
  private static final String AFTER_LOSS =
      " Copy the tables again if changes are missing, then \"binlogbroker position set\" where to"
          + " continue, or \"binlogbroker position reset\" to start at the source's latest.";

  private static final List<String> LOST =
      List.of(
          "purged",
          "could not find first log file",
          "could not find gtid state",
          "more gtids than",
          "not in the master's binlog",
          "not in the source's binlog",
          "position > file size",
          "impossible position",
          "diverged");

  /** Texts of temporary errors: the server lacks a resource. */
  private static final List<String> PASSING =
      List.of("memory allocation failed", "out of memory", "too many open files");

  private final String user;
  private boolean sawAnonymous;

  public SourceFailures(String user) {
    this.user = user;
  }

  public DeliveryException toRelay(IOException e) {
    return toRelay(e, String.valueOf(e.getMessage()));
  }

  /**
   * @param reached the position after the last event that was read
   */
  public DeliveryException whileReading(IOException e, BinlogPosition reached) {
    // An error of the server contains its own position.
    String place = e instanceof ServerErrorException ? "" : ", after " + reached;
    return toRelay(e, e.getMessage() + place);
  }

  private DeliveryException toRelay(IOException e, String message) {
    if (e instanceof ServerErrorException error) {
      return serverError(error, message);
    }
    if (e instanceof LoginRefusedException || e instanceof TlsFailedException) {
      return DeliveryException.fatal(FailureKind.SOURCE_ACCESS, message, e);
    }
    if (e instanceof ConnectFailedException
        || e instanceof ConnectionLostException
        || e instanceof SocketException) {
      return DeliveryException.retriable(FailureKind.UNREACHABLE, message, e);
    }
    return DeliveryException.fatal(FailureKind.SOURCE_DATA, message, e);
  }

  /** Whether the server reports a missing privilege. */
  public static boolean isDenied(ServerErrorException error) {
    return switch (error.code()) {
      case 1044, 1045, 1142, 1143, 1227 -> true;
      default -> false;
    };
  }

  /** As {@link #toRelay}, after the login: access that is denied then is a missing grant. */
  public DeliveryException ofReplica(IOException e) {
    if (e instanceof ServerErrorException error && isDenied(error)) {
      return DeliveryException.fatal(
          FailureKind.SOURCE_ACCESS, e.getMessage() + ". " + grants(), e);
    }
    return toRelay(e);
  }

  private DeliveryException serverError(ServerErrorException error, String message) {
    return switch (error.code()) {
      case DUMP_ERROR -> dumpError(error, message);
      case 1044, 1045, 1130, 1251, 1698, 1862 ->
          DeliveryException.fatal(
              FailureKind.SOURCE_ACCESS,
              message + ". Fix user and password in \"MysqlConn\", or the account on the server.",
              error);
      case 1142, 1143, 1227 ->
          DeliveryException.fatal(FailureKind.SOURCE_ACCESS, message + ". " + grants(), error);
      case 3159 ->
          DeliveryException.fatal(
              FailureKind.SOURCE_ACCESS,
              message + ". fix: set \"Tls\": {\"Mode\": \"required\"}, or a mode that verifies.",
              error);
      case 3118, 4151 ->
          DeliveryException.fatal(
              FailureKind.SOURCE_ACCESS,
              message + ". fix: ALTER USER '" + user + "'@'%' ACCOUNT UNLOCK;",
              error);
      case 1820 ->
          DeliveryException.fatal(
              FailureKind.SOURCE_ACCESS,
              message + ". fix: set a new password; that of the account has expired.",
              error);
      case 3955, 4150 ->
          DeliveryException.fatal(
              FailureKind.SOURCE_ACCESS,
              message
                  + ". The account is blocked after failed logins. fix: correct the password in"
                  + " \"MysqlConn\", then ALTER USER ... ACCOUNT UNLOCK, or on MariaDB FLUSH"
                  + " PRIVILEGES.",
              error);
      case 1129 ->
          DeliveryException.fatal(
              FailureKind.SOURCE_ACCESS,
              message + " Run FLUSH HOSTS on the server; each further attempt would count.",
              error);
      default -> DeliveryException.retriable(FailureKind.UNREACHABLE, message, error);
    };
  }

  /**
   * Returns and clears whether the server has ended the last dump by GTIDs because its log has
   * transactions without them: {@code gtid_mode} was off for a while.
   */
  public boolean takeAnonymous() {
    boolean seen = sawAnonymous;
    sawAnonymous = false;
    return seen;
  }

  private String grants() {
    return "Run: GRANT REPLICATION SLAVE, REPLICATION CLIENT, SELECT ON *.* TO '" + user + "'@'%';";
  }

  private DeliveryException dumpError(ServerErrorException error, String message) {
    String text = error.serverMessage().toLowerCase(Locale.ROOT);
    if (text.contains("same server_uuid/server_id")) {
      return DeliveryException.fatal(
          FailureKind.FENCED,
          message
              + " Another replica uses the same server id: two brokers of one group, or ServerId is"
              + " taken.",
          error);
    }
    if (text.contains("anonymous transaction when @@global.gtid_mode")) {
      return DeliveryException.fatal(
          FailureKind.SOURCE_SETTINGS,
          message
              + " The log contains transactions without GTIDs, written while gtid_mode was off, and"
              + " the server does not send them while it is ON: run SET GLOBAL gtid_mode ="
              + " ON_PERMISSIVE until the broker has read them.",
          error);
    }
    if (text.contains("anonymous transaction")) {
      sawAnonymous = true;
      return DeliveryException.retriable(
          FailureKind.POSITION_LOST, message + " Continuing by file and position", error);
    }
    if (LOST.stream().anyMatch(text::contains)) {
      return DeliveryException.fatal(FailureKind.POSITION_LOST, message + AFTER_LOSS, error);
    }
    if (text.contains("binary log is not open")) {
      return DeliveryException.fatal(
          FailureKind.SOURCE_SETTINGS,
          message + " Start the server with log_bin in its configuration.",
          error);
    }
    if (PASSING.stream().anyMatch(text::contains)) {
      return DeliveryException.retriable(FailureKind.UNREACHABLE, message, error);
    }
    return DeliveryException.fatal(FailureKind.SOURCE_DATA, message + damaged(text), error);
  }

  private static String damaged(String text) {
    if (text.contains("max_allowed_packet")) {
      return " An event is larger than the server sends, or the log is damaged there: increase"
          + " max_allowed_packet on the server, and check with \"mysqlbinlog"
          + " --verify-binlog-checksum\".";
    }
    return " The log is damaged there, or the position is not the first byte of an event: check with"
        + " \"mysqlbinlog --verify-binlog-checksum\" on the server, or set a position with"
        + " \"binlogbroker position set\".";
  }
}
