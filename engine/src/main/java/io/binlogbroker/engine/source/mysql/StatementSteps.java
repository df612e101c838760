package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.RowlessStatements;
import io.binlogbroker.engine.schema.ddl.SchemaStatement;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.source.ChangeSource.Step;
import io.binlogbroker.engine.source.DdlChange;
import io.binlogbroker.engine.source.StatementChange;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import io.binlogbroker.engine.source.mysql.transaction.TransactionGroup;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns statements of the log into steps of the source. Relay thread. */
final class StatementSteps {
  private final StatementReader reader;
  private @Nullable StatementChange change;
  private boolean changeStandsAlone;
  private @Nullable DdlChange ddl;
  private boolean ddlFollows;

  StatementSteps(StatementReader reader) {
    this.reader = reader;
  }

  void groupBegins(MariadbGtidEvent gtid) {
    reader.groupBegins(gtid);
  }

  /**
   * Reads a statement.
   *
   * @param event before anything of it is read
   */
  StatementReader.Read read(BinlogEvent event) {
    return reader.readAny(event);
  }

  /** Whether the statement itself changes no rows, so that the log shows all that are changed. */
  static boolean isRowless(StatementReader.Read statement) {
    return RowlessStatements.has(statement.text());
  }

  /** A statement that may be a change in statement format; what creates a table is DDL as well. */
  Step change(StatementReader.Read statement, BinlogPosition at, TransactionGroup group) {
    String verb = statement.text().verbForMessage();
    change = new StatementChange(verb, UpdatedSchemas.of(statement), at);
    changeStandsAlone = group.isOpen() && !group.isBegun() && !group.isWithheld();
    ddlFollows = !group.isWithheld() && isDdl(statement.text(), at, group);
    return Step.STATEMENT;
  }

  /** Whether a change that is a group of its own was told of, so that the group is over. */
  boolean endsGroup() {
    boolean ended = changeStandsAlone;
    changeStandsAlone = false;
    return ended;
  }

  /** Whether a statement is DDL to tell of. */
  boolean isDdl(LoggedStatement statement, BinlogPosition at, TransactionGroup group) {
    LoggedStatement logged = reader.ddl(statement);
    SchemaStatement told = logged == null ? null : SchemaStatement.of(logged);
    ddl = told == null ? null : new DdlChange(told, group.statement(at));
    return ddl != null;
  }

  /** The transaction that this DDL is in is told of first. */
  void tellNext(boolean isDdl) {
    ddlFollows = isDdl;
  }

  boolean isNext() {
    boolean follows = ddlFollows;
    ddlFollows = false;
    return follows;
  }

  StatementChange change() {
    return Objects.requireNonNull(change, "The last step was no change in statement format");
  }

  DdlChange ddl() {
    return Objects.requireNonNull(ddl, "The last step was no DDL");
  }

  void close() {
    reader.close();
  }
}
