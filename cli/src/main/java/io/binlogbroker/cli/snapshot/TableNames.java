package io.binlogbroker.cli.snapshot;

import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.TableName;
import java.util.List;

/** Reads names of tables on the command line. Stateless. */
final class TableNames {
  private TableNames() {}

  /**
   * @throws UsageException when a text does not name schema and table
   */
  static List<TableName> of(List<String> texts) {
    return texts.stream().map(TableNames::of).toList();
  }

  private static TableName of(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      throw new UsageException(
          "Expected SCHEMA.TABLE such as mall_db.orders, got \"" + text + "\"");
    }
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }
}
