package io.binlogbroker.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.Replay;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.client.SourceTable;
import io.binlogbroker.client.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rows that the messages of the topics add up to: those that the changes leave, and those that
 * a snapshot has read. A row that arrives both ways, or that is read several times, is contained
 * several times. Does not apply changes to rows of a snapshot. One thread.
 */
final class RebuiltTables {
  private final Replay replay;
  private final Map<SourceTable, List<Map<String, JsonNode>>> readRows = new HashMap<>();

  /**
   * Tables without rows.
   *
   * @param primaryKeys column names of each table's primary key
   */
  RebuiltTables(Map<SourceTable, List<String>> primaryKeys) {
    this.replay = new Replay(primaryKeys);
  }

  /** Accepts the next message, in the order of arrival. */
  void accept(ChangeRecord record) {
    RowChange change = record.change();
    if (change.operation() != Operation.READ) {
      replay.accept(record);
      return;
    }
    readRows
        .computeIfAbsent(change.source().table(), table -> new ArrayList<>())
        .add(Objects.requireNonNull(change.after()));
  }

  /**
   * Applies all changes, and returns what is wrong with them.
   *
   * @param written the expected number of changes
   */
  List<String> violations(long written) {
    List<String> violations =
        new ArrayList<>(replay.finish().stream().map(Violation::toString).toList());
    if (replay.changes() != written) {
      violations.add(
          "expected %d changes in the topics, got %d".formatted(written, replay.changes()));
    }
    return violations;
  }

  /** The rows of a table, as {@link #violations} left them. */
  List<Map<String, JsonNode>> rows(SourceTable table) {
    List<Map<String, JsonNode>> rows = new ArrayList<>(replay.rows(table).values());
    rows.addAll(readRows.getOrDefault(table, List.of()));
    return rows;
  }
}
