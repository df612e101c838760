package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.QueryEvent;
import io.binlogbroker.broker.ddl.LoggedStatement;
import io.binlogbroker.broker.ddl.SchemaStatement;
import io.binlogbroker.broker.relay.ChangeSource.Step;
import io.binlogbroker.broker.relay.DdlChange;
import io.binlogbroker.broker.relay.StatementChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements that a source tells of in steps of their own. Belongs to the relay thread. */
final class ToldStatements {
  private final StatementReader reader;
  private @Nullable StatementChange change;
  private boolean changeStandsAlone;
  private @Nullable DdlChange ddl;
  private boolean ddlFollows;

  ToldStatements(StatementReader reader) {
    this.reader = reader;
  }

  void groupBegins(MariadbGtidEvent gtid) {
    reader.groupBegins(gtid);
  }

  /** A change in statement format. */
  Step change(QueryEvent query, Place at, TransactionGroup group) {
    change = new StatementChange(query.firstWord(), query.schemas(), at.file(), at.offset());
    changeStandsAlone = group.isOpen() && !group.isBegun() && !group.isWithheld();
    return Step.STATEMENT;
  }

  /** Whether a change that is a group of its own was told of, so that the group is over. */
  boolean endsGroup() {
    boolean ended = changeStandsAlone;
    changeStandsAlone = false;
    return ended;
  }

  /**
   * Reads a statement that is no change of rows.
   *
   * @param event before anything of it is read
   * @return whether it is DDL to tell of
   */
  boolean isDdl(BinlogEvent event, Place at, TransactionGroup group) {
    LoggedStatement logged = group.undoesAlter() ? null : reader.read(event);
    SchemaStatement statement = logged == null ? null : SchemaStatement.of(logged);
    ddl = statement == null ? null : new DdlChange(statement, group.statement(at));
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
