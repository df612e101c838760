package io.binlogbroker.bench;

import io.binlogbroker.bench.subject.Captured;
import io.binlogbroker.bench.subject.CapturedSnapshot;
import io.binlogbroker.bench.subject.CapturedTables;
import io.binlogbroker.bench.subject.DebeziumMode;
import java.util.List;

/** What a run of {@code bench/run} measures, and how its subjects are configured for that. */
enum Measured {
  /** The delivery of changes in the binary log. */
  CHANGES(CapturedTables.ALL, DebeziumMode.CHANGES, List.of(SubjectName.DEBEZIUM)),
  /** The delivery of rows that exist already. */
  EXISTING_ROWS(
      new CapturedSnapshot(),
      DebeziumMode.INITIAL_SNAPSHOT,
      List.of(SubjectName.DEBEZIUM, SubjectName.DEBEZIUM_INCREMENTAL));

  private final Captured capture;
  private final DebeziumMode debezium;
  private final List<SubjectName> rivals;

  Measured(Captured capture, DebeziumMode debezium, List<SubjectName> rivals) {
    this.capture = capture;
    this.debezium = debezium;
    this.rivals = rivals;
  }

  Captured capture() {
    return capture;
  }

  DebeziumMode debezium() {
    return debezium;
  }

  /** The subjects that {@code --rivals} adds. */
  List<SubjectName> rivals() {
    return rivals;
  }
}
