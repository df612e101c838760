package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.source.mysql.schema.StatementListener;
import java.util.ArrayList;
import java.util.List;

/** Records the statements that may change columns; none of them changes a mapped table. */
final class RecordedStatements implements StatementListener {
  private final List<String> statements = new ArrayList<>();

  @Override
  public boolean isCheckDue(BinlogPosition place) {
    return false;
  }

  @Override
  public boolean changesTables(LoggedStatement statement, BinlogPosition place) {
    statements.add(place + " " + statement.brief());
    return false;
  }

  /** One line each, in order. */
  List<String> lines() {
    return statements;
  }
}
