package io.binlogbroker.cli.config;

import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.TableName;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options for the table and for waiting. */
final class TableRuleOptions {
  @Parameters(
      paramLabel = "SCHEMA.TABLE",
      description =
          "The table, such as mall_db.orders; the part after the first dot may be a regular"
              + " expression.")
  private String table = "";

  @Option(
      names = "--no-wait",
      description = "Returns once it is written, without waiting until the master applies it.")
  private boolean noWait;

  /**
   * @throws UsageException when the text does not name both
   */
  TableName table() {
    int dot = table.indexOf('.');
    if (dot <= 0 || dot == table.length() - 1) {
      throw new UsageException(
          "Expected SCHEMA.TABLE such as mall_db.orders, got \"" + table + "\"");
    }
    return new TableName(table.substring(0, dot), table.substring(dot + 1));
  }

  boolean waits() {
    return !noWait;
  }
}
