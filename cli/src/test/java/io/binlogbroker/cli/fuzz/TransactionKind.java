package io.binlogbroker.cli.fuzz;

import java.util.List;

/** The kinds of transactions and their ends. */
enum TransactionKind {
  COMMITTED(List.of("BEGIN"), List.of("COMMIT")),
  ROLLED_BACK(List.of("BEGIN"), List.of("ROLLBACK")),
  XA_COMMITTED(
      List.of("XA START 'fuzz'"),
      List.of("XA END 'fuzz'", "XA PREPARE 'fuzz'", "XA COMMIT 'fuzz'")),
  XA_AT_ONCE(List.of("XA START 'fuzz'"), List.of("XA END 'fuzz'", "XA COMMIT 'fuzz' ONE PHASE")),
  XA_ROLLED_BACK(
      List.of("XA START 'fuzz'"),
      List.of("XA END 'fuzz'", "XA PREPARE 'fuzz'", "XA ROLLBACK 'fuzz'"));

  private final List<String> start;
  private final List<String> end;

  TransactionKind(List<String> start, List<String> end) {
    this.start = start;
    this.end = end;
  }

  static TransactionKind any(Dice dice) {
    return dice.oneOf(
        COMMITTED,
        COMMITTED,
        COMMITTED,
        COMMITTED,
        ROLLED_BACK,
        XA_COMMITTED,
        XA_COMMITTED,
        XA_AT_ONCE,
        XA_ROLLED_BACK);
  }

  List<String> start() {
    return start;
  }

  List<String> end() {
    return end;
  }

  /** Whether it may roll back to a savepoint. */
  boolean takesSavepoints() {
    return this == COMMITTED || this == ROLLED_BACK;
  }
}
