package io.binlogbroker.cli.snapshot;

import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The tables on a command line. */
final class TableNames {
  @Parameters(
      paramLabel = "SCHEMA.TABLE",
      arity = "0..*",
      description = "The tables, such as mall_db.orders.")
  private List<String> tables = List.of();

  /**
   * None for all.
   *
   * @throws UsageException when a text does not name schema and table
   */
  List<TableName> names() {
    return tables.stream().map(TableNames::of).toList();
  }

  private static TableName of(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      throw new UsageException(
          "Expected SCHEMA.TABLE such as mall_db.orders, got \"" + text + "\"");
    }
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  /** The states of these tables. */
  List<SnapshotState> of(List<SnapshotState> all) {
    List<TableName> names = names();
    return all.stream()
        .filter(state -> names.isEmpty() || names.contains(state.tableName()))
        .toList();
  }
}
