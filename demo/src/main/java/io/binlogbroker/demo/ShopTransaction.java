package io.binlogbroker.demo;

import java.util.List;

/** Statements that are committed together, or rolled back. */
record ShopTransaction(List<ShopStatement> statements, boolean isRolledBack) {
  ShopTransaction {
    statements = List.copyOf(statements);
  }

  /** The number of rows changed by the commit; none after a rollback. */
  int rows() {
    return isRolledBack ? 0 : statements.stream().mapToInt(ShopStatement::rows).sum();
  }
}
