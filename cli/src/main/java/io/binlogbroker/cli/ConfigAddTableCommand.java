package io.binlogbroker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.TableRule;
import io.binlogbroker.engine.source.mysql.check.MysqlRuleCheck;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a table's rule to the configuration. */
@Command(
    name = "add-table",
    mixinStandardHelpOptions = true,
    description = {
      "Adds a table to what is delivered, also while brokers run, and prints from which place of"
          + " the binary log on. Comments and layout of the configuration stay.",
      "Before it writes, it looks whether the table and the key's columns are on the server."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker config add-table -g db_mall -c conf.json mall_db.orders",
      "  binlogbroker config add-table -g db_mall -c conf.json mall_db.orders \\",
      "      --topic orders --key user_id",
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
          "The partition key: a column, several as a,b, or @pk for the primary key. Default: the"
              + " table's name.")
  private @Nullable String key;

  @Option(
      names = "--force",
      description = "Writes it without asking the server about table and columns.")
  private boolean force;

  ConfigAddTableCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    TableName table = names.table();
    TableRule rule = new TableRule(table.table(), topic, key, null);
    try (ConfigPlace place = options.place()) {
      new RuleChange(out, place)
          .make(
              (edit, text) -> edit.withTable(text, table.schema(), rule),
              config -> look(group, config, table),
              names.waits());
    }
  }

  private void look(String group, Config config, TableName table) {
    Routes routes = config.routes(false);
    RulePreview look = new RulePreview(out);
    look.print(routes, line -> line.startsWith(table + " -> "));
    if (!force) {
      MysqlRuleCheck server = new MysqlRuleCheck(config.sourceOptions(group), config.rules(0));
      look.require(server.checkTable(table), "--force");
    }
  }
}
