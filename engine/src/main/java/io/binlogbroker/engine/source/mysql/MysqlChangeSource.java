package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.GtidEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.QueryEvent;
import io.binlogbroker.binlog.event.XaPrepareEvent;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.DdlChange;
import io.binlogbroker.engine.source.SourceTransaction;
import io.binlogbroker.engine.source.StatementChange;
import io.binlogbroker.engine.source.mysql.log.LogFiles;
import io.binlogbroker.engine.source.mysql.log.LogStart;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.transaction.ExecutedGtids;
import io.binlogbroker.engine.source.mysql.transaction.GroupFaults;
import io.binlogbroker.engine.source.mysql.transaction.RowNumbers;
import io.binlogbroker.engine.source.mysql.transaction.TransactionGroup;
import io.binlogbroker.engine.source.mysql.transaction.Undo;
import io.binlogbroker.engine.source.mysql.transaction.UndoneRows.Span;
import io.binlogbroker.engine.source.mysql.xa.XaTransactions;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the event groups of a MySQL or MariaDB binary log as transactions. Belongs to the relay
 * thread, except for {@link #abort}.
 */
final class MysqlChangeSource implements ChangeSource {
  private static final Logger log = LoggerFactory.getLogger(MysqlChangeSource.class);

  private final ReplicaClient client;
  private final ExecutedGtids executed;
  private final Lookups lookups;
  private final ServerIdentity server;
  private final SourceFailures failures;
  private final XaTransactions xa;
  private final TransactionGroup group = new TransactionGroup();
  private final RowNumbers numbers = new RowNumbers();
  private final Undo undo;
  private final StatementSteps statements;

  private @Nullable SourceTransaction transaction;
  private final LogFiles files;
  private BinlogPosition restart;

  /**
   * @param start where the client starts reading
   */
  MysqlChangeSource(
      ReplicaClient client,
      Lookups lookups,
      ExecutedGtids executed,
      ServerIdentity server,
      LogStart start,
      SourceFailures failures) {
    this.client = client;
    this.lookups = lookups;
    this.undo = new Undo(lookups.undone(), server.uuid());
    this.xa = new XaTransactions(lookups.log());
    this.statements = new StatementSteps(lookups.statements(), lookups.columns());
    this.executed = executed;
    this.server = server;
    this.failures = failures;
    this.files = new LogFiles(server, start);
    this.restart = start.place().place();
  }

  @Override
  public Step next() {
    try {
      numbers.pass();
      Step step = xa.hasCommitted() ? xaRows() : afterStatement();
      while (step == null) {
        step = step(client.next());
      }
      return step;
    } catch (IOException e) {
      throw classified(failures.whileReading(e, currentPosition()));
    } catch (MalformedBytesException | SchemaException e) {
      throw classified(
          DeliveryException.fatal(FailureKind.SOURCE_DATA, String.valueOf(e.getMessage()), e));
    } catch (DeliveryException e) {
      throw classified(e);
    }
  }

  /** Checks for a reset of the log before a failure is reported as a damaged log. */
  private DeliveryException classified(DeliveryException failure) {
    Restart read = files.readUpTo(currentPosition());
    return read == null ? failure : lookups.watch().classify(failure, read);
  }

  /** The step that an event is for the relay; null when the relay need not see it. */
  private @Nullable Step step(BinlogEvent event) throws IOException {
    EventType type = Objects.requireNonNull(event.type());
    if (group.isWithheld()) {
      xa.add(event, client.inPayload());
    }
    return switch (type) {
      case GTID, ANONYMOUS_GTID, GTID_TAGGED -> mysqlGtid(event, type);
      case MARIADB_GTID -> mariadbGtid(event);
      case QUERY, MARIADB_QUERY_COMPRESSED -> statement(event);
      case XID -> end();
      case XA_PREPARE -> xaPrepare(event);
      case FORMAT_DESCRIPTION -> fileStarts(event);
      case HEARTBEAT, HEARTBEAT_V2 -> heartbeat();
      case INCIDENT -> throw GroupFaults.incident(place(event));
      case EXECUTE_LOAD_QUERY -> statements.change(statements.read(event), place(event), group);
      default -> type.isRows() ? rows(event) : idle();
    };
  }

  private @Nullable Step mysqlGtid(BinlogEvent event, EventType type) {
    requireClosed(event);
    files.arrived();
    GtidEvent gtid = GtidEvent.read(event.body(), type);
    executed.begin(gtid);
    long millis =
        gtid.committedMicros() == 0 ? event.timestamp() * 1000 : gtid.committedMicros() / 1000;
    open(gtid.text(), event.serverId(), place(event), millis);
    return null;
  }

  private @Nullable Step mariadbGtid(BinlogEvent event) {
    requireClosed(event);
    files.arrived();
    MariadbGtidEvent gtid = MariadbGtidEvent.read(event.body(), event.serverId());
    statements.groupBegins(gtid);
    executed.begin(gtid);
    open(gtid.text(), event.serverId(), place(event), event.timestamp() * 1000);
    if (gtid.preparedXa()) {
      return withhold();
    }
    return gtid.standalone() || gtid.completedXa() ? null : begin();
  }

  /** Only the start of a new file may follow a group that has no end. */
  private void requireClosed(BinlogEvent event) {
    if (group.isBegun()) {
      throw GroupFaults.unfinished(group.place(), place(event));
    }
    group.close();
  }

  private @Nullable Step statement(BinlogEvent event) throws IOException {
    ByteReader body = event.body();
    int start = body.position();
    QueryEvent query = client.query(event);
    body.wrap(body.array(), start, body.limit() - start); // DDL is parsed again, with its session
    return switch (query.kind()) {
      case BEGIN -> beginGroup(event);
      case XA_START -> xaStart(event);
      case COMMIT -> end();
      case ROLLBACK -> rollback();
      case SAVEPOINT -> savepoint(query);
      case ROLLBACK_TO_SAVEPOINT -> rollbackTo(event, query);
      case XA_END -> null;
      case XA_COMMIT -> xaCommit(event, query);
      case XA_ROLLBACK -> xaRollback(query);
      case OTHER -> other(event);
    };
  }

  private Step beginGroup(BinlogEvent event) {
    openGroup(event);
    return begin();
  }

  /** Opens the group if no GTID event has opened it. */
  private void openGroup(BinlogEvent event) {
    if (!group.isOpen()) {
      open(null, event.serverId(), place(event), event.timestamp() * 1000);
    }
  }

  private void open(@Nullable String gtid, long serverId, BinlogPosition place, long millis) {
    group.open(gtid, serverId, place, millis);
    if (lookups.columns().isCheckDue(place)) {
      client.forgetTables();
    }
  }

  private Step begin() {
    numbers.begin();
    transaction = group.begin();
    undo.begin(group);
    return Step.BEGIN;
  }

  private @Nullable Step xaStart(BinlogEvent event) {
    openGroup(event);
    return withhold();
  }

  private @Nullable Step withhold() {
    group.withhold();
    xa.begin();
    return null;
  }

  private Step xaPrepare(BinlogEvent event) throws IOException {
    XaPrepareEvent prepare = XaPrepareEvent.read(event.body());
    if (!group.isWithheld()) {
      if (prepare.onePhase()) {
        return end();
      }
      throw GroupFaults.prepareWithoutStart(prepare.xid(), place(event));
    }
    if (prepare.onePhase()) {
      xa.commitAtOnce(prepare.xid(), group, event);
      return xaCommitted();
    }
    xa.prepare(prepare.xid(), group);
    return closed(Step.IDLE);
  }

  private Step xaCommit(BinlogEvent event, QueryEvent query) throws IOException {
    openGroup(event);
    xa.commit(query.xid(), group, event);
    return xaCommitted();
  }

  private Step xaRollback(QueryEvent query) {
    xa.rollBack(query.xid());
    return end();
  }

  /** The rows of an XA transaction are delivered at the event that commits it. */
  private Step xaCommitted() {
    return xa.hasCommitted() ? begin() : closed(Step.IDLE);
  }

  private Step xaRows() throws IOException {
    Rows rows = xa.next();
    if (rows == null) {
      return end();
    }
    numbers.take(rows, xa.commitOffset(), true);
    return Step.ROWS;
  }

  /** DDL is alone in its group, except for CREATE TABLE ... SELECT, whose rows follow it. */
  private @Nullable Step other(BinlogEvent event) {
    StatementReader.Read statement = statements.read(event);
    if (statements.changesTables(statement, place(event))) {
      client.forgetTables();
    }
    if (!StatementSteps.isRowless(statement)) {
      return statements.change(statement, place(event), group);
    }
    if (group.isWithheld()) {
      return null;
    }
    openGroup(event);
    boolean ddl = statements.isDdl(statement, place(event), group);
    if (group.isBegun()) {
      return ddl ? Step.DDL : null;
    }
    if (statement.text().isFollowedByRows()) {
      statements.deliverNext(ddl);
      return begin();
    }
    Step end = end();
    return ddl ? Step.DDL : end;
  }

  private @Nullable Step rows(BinlogEvent event) {
    Rows rows = client.rows();
    if (rows == null) {
      return null;
    }
    group.sawRows(rows.table());
    if (group.isWithheld()) {
      return Step.IDLE;
    }
    if (!group.isBegun()) {
      throw GroupFaults.outsideTransaction(place(event));
    }
    numbers.take(rows, event.start(), client.inPayload());
    return undo.containsNewest(group) ? Step.UNDONE_ROWS : Step.ROWS;
  }

  private Step end() {
    return closed(group.isBegun() ? Step.END : Step.IDLE);
  }

  /** In row format, servers write the rows of non-transactional tables into separate groups. */
  private Step rollback() {
    undo.foundAll(group);
    return closed(group.isBegun() ? Step.ROLLBACK : Step.IDLE);
  }

  private Step closed(Step step) {
    executed.end();
    group.close();
    restart = currentPosition();
    return step;
  }

  private @Nullable Step savepoint(QueryEvent query) {
    group.savepoint(query.savepoint());
    return null;
  }

  private @Nullable Step rollbackTo(BinlogEvent event, QueryEvent query) {
    Span span = group.since(query.savepoint());
    if (span == null || (group.isWithheld() && span.start() < span.end())) {
      throw GroupFaults.partlyUndone(place(event));
    }
    return undo.found(group, span) ? Step.UNDO : null;
  }

  @Override
  public void rememberUndone() {
    undo.remember();
  }

  /**
   * A broker that stops at a statement-format change that is a group of its own must read it again
   * after a restart; DDL that was delivered must not be read again.
   */
  private @Nullable Step afterStatement() {
    boolean ddl = statements.isNext();
    Step end = statements.endsGroup() ? end() : null;
    return ddl ? Step.DDL : end;
  }

  /** The position just after the last event. */
  private BinlogPosition currentPosition() {
    return new BinlogPosition(client.file(), client.position());
  }

  private BinlogPosition place(BinlogEvent event) {
    return new BinlogPosition(client.file(), event.start());
  }

  /** Checks an idle stream for a reset of the log, after which it is idle as well. */
  private @Nullable Step heartbeat() throws IOException {
    Restart read = files.readUpTo(currentPosition());
    if (read != null && !client.ready()) {
      lookups.watch().idle(read);
    }
    return idle();
  }

  private @Nullable Step fileStarts(BinlogEvent event) {
    Restart end = files.end();
    if (end != null && !end.file().equals(client.file())) {
      lookups.watch().fileEnded(end);
    }
    boolean isTruncated = group.isBegun();
    if (isTruncated) {
      group.requireRolledBack(lookups.tables(), place(event));
      undo.foundAll(group);
    }
    group.close();
    xa.fileBegins(event);
    files.begins(client.file(), event.timestamp());
    Step idle = idle();
    return isTruncated ? Step.ROLLBACK : idle;
  }

  /**
   * Between groups the position follows the stream, so that an idle source's old files can be
   * purged. It does not follow a dump by GTIDs before the first group: such a dump begins with the
   * head of a file whose transactions are already delivered, and a broker that later continues
   * without GTIDs would read them again. Nor does it move to a file before that file has begun and
   * is known to be the next one of this log.
   */
  private @Nullable Step idle() {
    if (group.isOpen()) {
      return null;
    }
    if (files.isInPlace() && files.isReading(client.file())) {
      restart = currentPosition();
    }
    return Step.IDLE;
  }

  @Override
  public boolean ready() {
    try {
      return xa.hasCommitted() ? xa.ready() : client.ready();
    } catch (IOException e) {
      throw failures.whileReading(e, currentPosition());
    }
  }

  @Override
  public SourceTransaction transaction() {
    return Objects.requireNonNull(transaction, "No transaction has begun");
  }

  @Override
  public Rows rows() {
    return numbers.rows();
  }

  @Override
  public StatementChange statement() {
    return statements.change();
  }

  @Override
  public DdlChange ddl() {
    return statements.ddl();
  }

  @Override
  public long rowsOffset() {
    return numbers.offset();
  }

  @Override
  public int firstRow() {
    return numbers.first();
  }

  @Override
  public Restart restart() {
    BinlogPosition place = group.isOpen() ? group.place() : restart;
    return files.at(place, executed.text());
  }

  @Override
  public boolean ignoresCase() {
    return server.ignoresCase();
  }

  @Override
  public void abort() {
    lookups.log().abort();
    lookups.watch().server().abort();
    try {
      client.abort();
    } catch (IOException e) {
      log.debug("The connection was already closed", e);
    }
  }

  @Override
  public void close() {
    lookups.tables().close();
    lookups.watch().server().close();
    statements.close();
    xa.close();
    try {
      client.close();
    } catch (IOException e) {
      log.debug("The connection was already closed", e);
    }
  }
}
