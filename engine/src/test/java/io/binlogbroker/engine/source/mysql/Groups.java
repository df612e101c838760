package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.binlog.event.BinlogWriter;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.ChangeSource.Step;
import io.binlogbroker.engine.source.StatementChange;
import io.binlogbroker.engine.source.mysql.log.FakeLiveLog;
import io.binlogbroker.engine.source.mysql.log.LogStart;
import io.binlogbroker.engine.source.mysql.log.LogWatch;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.transaction.ExecutedGtids;
import io.binlogbroker.engine.source.mysql.transaction.TableEngines;
import io.binlogbroker.engine.source.mysql.transaction.UndoneRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps that a source reads from a written log, one line each, up to the end of the log or the
 * first failure. Steps outside of transactions are left out.
 */
final class Groups {
  static final UUID SERVER = UUID.fromString("7d49b361-e64f-11f1-ab7d-02fc00000001");
  static final String FILE = "binlog.000001";
  static final String MYSQL = "8.0.33";
  static final String MARIADB = "11.4.5-MariaDB-log";

  final List<String> steps = new ArrayList<>();
  final WrittenLog log;
  @Nullable DeliveryException failure;
  private final RecordedStatements columns = new RecordedStatements();
  private final UndoneRows undone;
  private final MysqlChangeSource source;

  /** Reads a MySQL log from its beginning. */
  static Groups of(BinlogWriter writer) {
    return of(new WrittenLog(MYSQL, writer), new BinlogPosition(FILE, 4));
  }

  static Groups of(WrittenLog log, BinlogPosition start) {
    return new Groups(log, start, noGtids(), new UndoneRows());
  }

  private static ExecutedGtids noGtids() {
    return ExecutedGtids.mysql(MysqlGtidSet.parse(""));
  }

  /** Reads the same MySQL log again, with the rows known that were found to be undone. */
  Groups again() {
    return new Groups(log, new BinlogPosition(FILE, 4), noGtids(), undone);
  }

  static Groups ofMariaDb(BinlogWriter writer) {
    WrittenLog log = new WrittenLog(MARIADB, writer);
    ExecutedGtids none = ExecutedGtids.of("", true);
    return new Groups(log, new BinlogPosition(FILE, 4), none, new UndoneRows());
  }

  private Groups(WrittenLog log, BinlogPosition start, ExecutedGtids executed, UndoneRows undone) {
    this.log = log;
    this.undone = undone;
    SourceFailures failures = new SourceFailures("rep_user");
    this.source =
        new MysqlChangeSource(
            log.dump(start),
            new Lookups(
                log,
                new FakeTableFacts(),
                columns,
                undone,
                new StatementReader(ServerVersion.parse(log.version()), 1 << 20),
                new LogWatch(new FakeLiveLog(), () -> 0)),
            executed,
            new ServerIdentity(SERVER.toString(), false),
            new LogStart(new Restart(start, null, SERVER.toString(), 0), false),
            failures);
    read();
  }

  /** A MySQL log, up to the start of its first group. */
  static BinlogWriter mysql() {
    return BinlogWriter.mysql().artificialRotate(FILE, 4).formatDescription();
  }

  static BinlogWriter mariaDb() {
    return BinlogWriter.mariadb().artificialRotate(FILE, 4).formatDescription();
  }

  private void read() {
    try {
      while (true) {
        note(source.next());
      }
    } catch (DeliveryException e) {
      if (!String.valueOf(e.getMessage()).startsWith("The log ends at ")) {
        failure = e;
      }
    }
  }

  private void note(Step step) {
    switch (step) {
      case BEGIN -> steps.add("begin " + source.transaction().gtid());
      case ROWS -> steps.add(rows(source.rows()));
      case END -> steps.add("end");
      case UNDONE_ROWS -> steps.add("undone rows");
      case UNDO -> rememberUndone("undo");
      case ROLLBACK -> rememberUndone("rollback");
      case STATEMENT -> steps.add(statement(source.statement()));
      case DDL -> steps.add("ddl " + source.ddl().statement().sql());
      case IDLE -> {}
    }
  }

  private void rememberUndone(String what) {
    steps.add(what);
    source.rememberUndone();
  }

  private static String statement(StatementChange change) {
    Set<String> schemas = change.schemas();
    return "%s of %s at %s"
        .formatted(change.verb(), schemas == null ? "any" : new TreeSet<>(schemas), change.place());
  }

  private String rows(Rows rows) {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return "%d of %s at %d from %d"
        .formatted(count, rows.table().table(), source.rowsOffset(), source.firstRow());
  }

  /** The statements that may change columns, each with its place. */
  List<String> statements() {
    return columns.lines();
  }

  /** Where the source would restart. */
  Restart restart() {
    return source.restart();
  }

  String failure() {
    return String.valueOf(Objects.requireNonNull(failure, "Nothing was wrong").getMessage());
  }

  /** All tables are transactional except those whose names begin with {@code my}. */
  private static final class FakeTableFacts implements TableEngines {
    @Override
    public boolean rollsBack(String schema, String table) {
      return !table.startsWith("my");
    }

    @Override
    public void close() {}
  }
}
