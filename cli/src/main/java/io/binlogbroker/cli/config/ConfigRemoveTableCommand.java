package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.edit.ConfigEdit;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes a table's rule from the configuration. */
@Command(
    name = "remove-table",
    mixinStandardHelpOptions = true,
    description = {
      "Stops the delivery of a table, also while brokers run, and prints the binary log position"
          + " from which it is no longer delivered. Comments and layout of the configuration are"
          + " kept.",
      "The topic and its messages are kept."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker config remove-table -g db_mall -c conf.json mall_db.orders")
final class ConfigRemoveTableCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final TableRuleOptions names = new TableRuleOptions();

  ConfigRemoveTableCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    options.group();
    TableName table = names.table();
    try (ConfigPlace place = options.place()) {
      new RuleChange(out, place)
          .make(
              (edit, text) -> without(edit, text, table, place),
              config -> check(config, table),
              names.waits());
    }
  }

  private static String without(ConfigEdit edit, String text, TableName table, ConfigPlace place) {
    try {
      return edit.withoutTable(text, table.schema(), table.table());
    } catch (ConfigException e) {
      String rule = place.read(text).routes(false).ruleFor(table);
      if (rule == null || rule.equals(table.table())) {
        throw e;
      }
      String message =
          "no rule names exactly %s: the rule for \"%s\" delivers it; fix: add \"%s\" to BlackList, or"
                  .formatted(table, rule, table)
              + " change that rule";
      throw new ConfigException(List.of(new Fault("Sources", message)));
    }
  }

  private void check(Config config, TableName table) {
    Routes routes = config.routes(false);
    Route still = routes.find(table.schema(), table.table());
    out.println(
        still == null
            ? table + " is no longer delivered"
            : "Note: " + table + " is still delivered by another rule -> " + still);
  }
}
