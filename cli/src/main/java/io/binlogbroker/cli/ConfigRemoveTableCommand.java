package io.binlogbroker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigEdit;
import io.binlogbroker.broker.config.ConfigException;
import io.binlogbroker.broker.config.Fault;
import io.binlogbroker.broker.route.NamedTable;
import io.binlogbroker.broker.route.Route;
import io.binlogbroker.broker.route.RouteCompiler;
import io.binlogbroker.broker.route.Routes;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes a table's rule from the configuration. */
@Command(
    name = "remove-table",
    mixinStandardHelpOptions = true,
    description = {
      "Removes a table from what is delivered, also while brokers run, and prints from which place"
          + " of the binary log on. Comments and layout of the configuration stay.",
      "The topic and what is in it stay."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker config remove-table -g db_mall -c conf.json mall_db.orders")
final class ConfigRemoveTableCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final TableOptions names = new TableOptions();

  ConfigRemoveTableCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    options.group();
    NamedTable table = names.table();
    try (ConfigPlace place = options.place()) {
      new RuleChange(out, place)
          .make(
              (edit, text) -> without(edit, text, table, place),
              config -> look(config, table),
              names.waits());
    }
  }

  private static String without(ConfigEdit edit, String text, NamedTable table, ConfigPlace place) {
    try {
      return edit.withoutTable(text, table.schema(), table.table());
    } catch (ConfigException e) {
      String rule = RouteCompiler.compile(place.read(text), false).ruleFor(table);
      if (rule == null || rule.equals(table.table())) {
        throw e;
      }
      String what =
          "no rule names just %s: it is delivered by one for \"%s\"; fix: add \"%s\" to BlackList, or"
                  .formatted(table, rule, table)
              + " change that rule";
      throw new ConfigException(List.of(new Fault("Sources", what)));
    }
  }

  private void look(Config config, NamedTable table) {
    Routes routes = RouteCompiler.compile(config, false);
    Route still = routes.find(table.schema(), table.table());
    out.println(
        still == null
            ? table + " is no longer delivered"
            : "Note: by another rule " + table + " is still delivered -> " + still);
  }
}
