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
import io.binlogbroker.engine.source.mysql.schema.StatementListener;
import io.binlogbroker.engine.source.mysql.transaction.TransactionGroup;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns statements of the binary log into steps of the source. Relay thread. */
final class StatementSteps {
  private final StatementReader reader;
  private final StatementListener columns;
  private @Nullable StatementChange change;
  private boolean changeIsOwnGroup;
  private @Nullable DdlChange ddl;
  private boolean ddlFollows;

  StatementSteps(StatementReader reader, StatementListener columns) {
    this.reader = reader;
    this.columns = columns;
  }

  void groupBegins(MariadbGtidEvent gtid) {
    reader.groupBegins(gtid);
  }

  /**
   * Reads a statement.
   *
   * @param event whose body has not been read yet
   */
  StatementReader.Read read(BinlogEvent event) {
    return reader.readAny(event);
  }

  /** Whether the statement itself changes no rows, so that the log has all changed rows. */
  static boolean isRowless(StatementReader.Read statement) {
    return RowlessStatements.has(statement.text());
  }

  /**
   * The step for a statement that may be a change in statement format; one that creates a table is
   * DDL as well.
   */
  Step change(StatementReader.Read statement, BinlogPosition at, TransactionGroup group) {
    String verb = statement.text().verbForMessage();
    change = new StatementChange(verb, UpdatedSchemas.of(statement), at);
    changeIsOwnGroup = group.isOpen() && !group.isBegun() && !group.isWithheld();
    ddlFollows = !group.isWithheld() && isDdl(statement, at, group);
    return Step.STATEMENT;
  }

  /** Whether the last change was a group of its own, which has ended with it; resets the flag. */
  boolean endsGroup() {
    boolean ended = changeIsOwnGroup;
    changeIsOwnGroup = false;
    return ended;
  }

  /** Whether a statement changed the columns of tables that are mapped. */
  boolean changesTables(StatementReader.Read statement, BinlogPosition at) {
    LoggedStatement logged = reader.ddl(statement.text());
    return logged != null && columns.changesTables(logged, at);
  }

  /** Whether a statement is DDL to deliver. */
  boolean isDdl(StatementReader.Read statement, BinlogPosition at, TransactionGroup group) {
    LoggedStatement logged = reader.ddl(statement.text());
    SchemaStatement changed = logged == null ? null : SchemaStatement.of(logged);
    ddl = changed == null ? null : new DdlChange(changed, group.statement(at));
    return ddl != null;
  }

  /** Schedules the DDL as the next step, after the beginning of its transaction. */
  void deliverNext(boolean isDdl) {
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
