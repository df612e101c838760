package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.ColumnChoice;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.SnapshotMode;
import io.binlogbroker.engine.route.TableRule;
import io.binlogbroker.engine.snapshot.SnapshotCheck;
import io.binlogbroker.engine.source.mysql.check.MysqlRuleCheck;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a table's rule to the configuration. */
@Command(
    name = "add-table",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the delivery of a table, also while brokers run, and prints the binary log position"
          + " from which it is delivered. Comments and layout of the configuration are kept.",
      "Checks first that the table and the key's columns exist on the server."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker config add-table -g db_mall -c conf.json mall_db.orders",
      "  binlogbroker config add-table -g db_mall -c conf.json mall_db.orders \\",
      "      --topic orders --key user_id",
      "  binlogbroker config add-table -g db_mall -c conf.json mall_db.orders --snapshot",
      "  binlogbroker config add-table -g db_mall -etcd etcd1:2379 'mall_db.order_\\d+' --key @pk"
    })
final class ConfigAddTableCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final TableRuleOptions names = new TableRuleOptions();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "The topic. Default: the schema's name.")
  private @Nullable String topic;

  @Option(
      names = "--key",
      paramLabel = "COLUMNS",
      description =
          "The message key: a column, several as a,b, or @pk for the primary key. Default: the"
              + " table's name.")
  private @Nullable String key;

  @Option(names = "--snapshot", description = "Delivers the rows that the table has already, too.")
  private boolean snapshot;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "Of these, only the rows that meet this condition of SQL.")
  private @Nullable String where;

  @Option(
      names = "--force",
      description = "Writes it without checking table and columns on the server.")
  private boolean force;

  ConfigAddTableCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    TableName table = names.table();
    TableRule rule =
        new TableRule(
            table.table(),
            topic,
            key,
            null,
            ColumnChoice.ALL,
            Map.of(),
            false,
            snapshot ? SnapshotMode.INITIAL : null,
            where);
    try (ConfigPlace place = options.place()) {
      new RuleChange(out, place)
          .make(
              (edit, text) -> edit.withTable(text, table.schema(), rule),
              config -> check(group, config, table),
              names.waits());
    }
  }

  private void check(String group, Config config, TableName table) {
    Routes routes = config.routes(false);
    RulePreview preview = new RulePreview(out);
    preview.print(routes, line -> line.startsWith(table + " -> "));
    if (!force) {
      MysqlRuleCheck server = new MysqlRuleCheck(config.sourceOptions(group), config.rules(0));
      preview.require(server.checkTable(table), "--force");
      if (snapshot && routes.namedTables().contains(table)) {
        new SnapshotCheck(group, config.sourceOptions(group), config.rules(0))
            .require(List.of(table), where);
      }
    }
  }
}
