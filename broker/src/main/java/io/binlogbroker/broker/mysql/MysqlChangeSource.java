package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.GtidEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.QueryEvent;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.SchemaException;
import io.binlogbroker.broker.relay.ChangeSource;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.Restart;
import io.binlogbroker.broker.relay.SourceTransaction;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the event groups of a MySQL or MariaDB binary log as transactions. Belongs to the relay
 * thread, but for {@link #abort}.
 */
final class MysqlChangeSource implements ChangeSource {
  private static final Logger log = LoggerFactory.getLogger(MysqlChangeSource.class);

  private final ReplicaClient client;
  private final ExecutedGtids executed;
  private final InformationSchema schemas;
  private final ServerIdentity server;
  private final SourceFailures failures;
  private final TransactionGroup group = new TransactionGroup();

  private @Nullable SourceTransaction transaction;
  private String restartFile;
  private long restartOffset;
  private final LogFiles files;
  private @Nullable Rows lastRows;
  private long rowsOffset = -1;
  private int rowsInPayload;

  /**
   * @param start where the client starts to read
   */
  MysqlChangeSource(
      ReplicaClient client,
      InformationSchema schemas,
      ExecutedGtids executed,
      ServerIdentity server,
      LogStart start,
      SourceFailures failures) {
    this.client = client;
    this.schemas = schemas;
    this.executed = executed;
    this.server = server;
    this.failures = failures;
    this.restartFile = start.place().file();
    this.restartOffset = start.place().offset();
    this.files = new LogFiles(server, start);
  }

  @Override
  public Step next() {
    try {
      countRows();
      Step step = null;
      while (step == null) {
        step = step(client.next());
      }
      return step;
    } catch (IOException e) {
      throw failures.whileReading(e, client.file(), client.position());
    } catch (MalformedBytesException | SchemaException e) {
      throw RelayException.fatal(ExitCode.SOURCE_DATA, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Rows of a compressed transaction share the payload's offset and are counted through, those that
   * nobody read too: a row's index must not follow from what is delivered.
   */
  private void countRows() {
    if (lastRows != null && client.inPayload()) {
      int read = lastRows.index() + 1;
      rowsInPayload += read + lastRows.skip();
    }
    lastRows = null;
  }

  /** What an event means to the relay; null when it means nothing. */
  private @Nullable Step step(BinlogEvent event) {
    EventType type = Objects.requireNonNull(event.type());
    return switch (type) {
      case GTID, ANONYMOUS_GTID, GTID_TAGGED -> mysqlGtid(event, type);
      case MARIADB_GTID -> mariadbGtid(event);
      case QUERY, MARIADB_QUERY_COMPRESSED -> statement(event, client.query(event));
      case XID, XA_PREPARE -> end();
      case FORMAT_DESCRIPTION -> fileStarts(event);
      case INCIDENT -> throw incident(event);
      case BEGIN_LOAD_QUERY, EXECUTE_LOAD_QUERY, APPEND_BLOCK -> statementFormat(event, "LOAD");
      default -> type.isRows() ? rows(event) : alive();
    };
  }

  private @Nullable Step mysqlGtid(BinlogEvent event, EventType type) {
    requireClosed(event);
    files.arrived();
    GtidEvent gtid = GtidEvent.read(event.body(), type);
    executed.begin(gtid);
    long millis =
        gtid.committedMicros() == 0 ? event.timestamp() * 1000 : gtid.committedMicros() / 1000;
    group.open(gtid.text(), event.serverId(), client.file(), event.start(), millis);
    return null;
  }

  private @Nullable Step mariadbGtid(BinlogEvent event) {
    requireClosed(event);
    files.arrived();
    MariadbGtidEvent gtid = MariadbGtidEvent.read(event.body(), event.serverId());
    executed.begin(gtid);
    group.open(
        gtid.text(), event.serverId(), client.file(), event.start(), event.timestamp() * 1000);
    return gtid.standalone() ? null : begin(gtid.preparedXa());
  }

  /** A group that never ended was cut off by a crash: its rows were not committed. */
  private void requireClosed(BinlogEvent event) {
    if (group.isOpen() && group.hasRows()) {
      throw RelayException.fatal(
          ExitCode.SOURCE_DATA,
          "The transaction at "
              + group.file()
              + ":"
              + group.offset()
              + " has no end before "
              + client.file()
              + ":"
              + event.start()
              + ": the server crashed while it wrote it. Check which of its rows the tables hold,"
              + " then go on behind it with \"binlogbroker position set\".");
    }
    group.close();
  }

  private @Nullable Step statement(BinlogEvent event, QueryEvent query) {
    return switch (query.kind()) {
      case BEGIN -> beginGroup(event, false);
      case XA_START -> beginGroup(event, true);
      case COMMIT -> end();
      case ROLLBACK -> rollback();
      case ROLLBACK_TO_SAVEPOINT -> rollbackTo(event);
      case SAVEPOINT, XA_END -> null;
      case XA_COMMIT, XA_ROLLBACK -> end();
      case CHANGE -> statementFormat(event, query.firstWord());
      case OTHER -> other(event, query);
    };
  }

  private Step beginGroup(BinlogEvent event, boolean xa) {
    if (!group.isOpen()) {
      group.open(null, event.serverId(), client.file(), event.start(), event.timestamp() * 1000);
    }
    return begin(xa);
  }

  private Step begin(boolean xa) {
    // The next file may hold rows at the same offset.
    rowsOffset = -1;
    transaction = group.begin(xa);
    rowsOffset = -1; // the last file's transaction may have stood at the same offset
    return Step.BEGIN;
  }

  /** DDL stands alone in its group, but for CREATE TABLE ... SELECT, whose rows follow it. */
  private @Nullable Step other(BinlogEvent event, QueryEvent query) {
    if (group.isBegun()) {
      return null;
    }
    if (query.sql().stripTrailing().endsWith("START TRANSACTION")) {
      return beginGroup(event, false);
    }
    return end();
  }

  private @Nullable Step rows(BinlogEvent event) {
    Rows rows = client.rows();
    if (rows == null) {
      return null;
    }
    if (!group.isBegun()) {
      throw RelayException.fatal(
          ExitCode.SOURCE_DATA,
          "Rows stand outside of a transaction at " + client.file() + ":" + event.start());
    }
    group.sawRows();
    if (event.start() != rowsOffset) {
      rowsOffset = event.start();
      rowsInPayload = 0;
    }
    lastRows = rows;
    return Step.ROWS;
  }

  private Step end() {
    return closed(group.isBegun() ? Step.END : Step.IDLE);
  }

  private Step rollback() {
    return closed(group.isBegun() ? Step.ROLLBACK : Step.IDLE);
  }

  private Step closed(Step step) {
    executed.end();
    group.close();
    restartFile = client.file();
    restartOffset = client.position();
    return step;
  }

  private @Nullable Step rollbackTo(BinlogEvent event) {
    if (group.hasRows()) {
      throw RelayException.fatal(
          ExitCode.SOURCE_DATA,
          "A ROLLBACK TO SAVEPOINT undoes an unknown part of the rows of a transaction that mixes"
              + " storage engines, at "
              + client.file()
              + ":"
              + event.start());
    }
    return null;
  }

  private @Nullable Step statementFormat(BinlogEvent event, String word) {
    log.warn(
        "A change in statement format ({} ...) at {}:{} has no rows in the log and is not"
            + " delivered: some session sets binlog_format to STATEMENT or MIXED",
        word,
        client.file(),
        event.start());
    return group.isOpen() && !group.isBegun() ? end() : null;
  }

  private RelayException incident(BinlogEvent event) {
    return RelayException.fatal(
        ExitCode.SOURCE_DATA,
        "The server writes that its log has a hole (INCIDENT event) at "
            + client.file()
            + ":"
            + event.start()
            + ": changes are missing. Copy the tables anew, then go on behind it with"
            + " \"binlogbroker position set\".");
  }

  private @Nullable Step fileStarts(BinlogEvent event) {
    boolean cutOff = group.isBegun();
    requireClosed(event);
    files.begins(client.file(), event.timestamp());
    Step alive = alive();
    return cutOff ? Step.ROLLBACK : alive;
  }

  /**
   * Between groups the position follows the stream, so that a quiet source's old files can go. A
   * dump by GTIDs is not in place before its first group: it begins with the head of a file whose
   * transactions are delivered, and who later reads on without GTIDs would get them again.
   */
  private @Nullable Step alive() {
    if (group.isOpen()) {
      return null;
    }
    if (files.isInPlace()) {
      restartFile = client.file();
      restartOffset = client.position();
    }
    return Step.IDLE;
  }

  @Override
  public boolean ready() {
    try {
      return client.ready();
    } catch (IOException e) {
      throw failures.whileReading(e, client.file(), client.position());
    }
  }

  @Override
  public SourceTransaction transaction() {
    return Objects.requireNonNull(transaction, "No transaction has begun");
  }

  @Override
  public Rows rows() {
    return Objects.requireNonNull(lastRows, "The last step was no rows event");
  }

  @Override
  public long rowsOffset() {
    return rowsOffset;
  }

  @Override
  public int firstRow() {
    return rowsInPayload;
  }

  @Override
  public Restart restart() {
    String file = group.isOpen() ? group.file() : restartFile;
    long offset = group.isOpen() ? group.offset() : restartOffset;
    return files.at(file, offset, executed.text());
  }

  @Override
  public boolean ignoresCase() {
    return server.ignoresCase();
  }

  @Override
  public void abort() {
    try {
      client.abort();
    } catch (IOException e) {
      log.debug("The connection was gone already", e);
    }
  }

  @Override
  public void close() {
    schemas.close();
    try {
      client.close();
    } catch (IOException e) {
      log.debug("The connection was gone already", e);
    }
  }
}
