package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.cli.check.CheckReport;
import io.binlogbroker.cli.check.RuleReport;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.model.CheckResult;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a configuration and prints its routes and faults. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a configuration: its text, its rules, and that its tables and key columns exist on"
          + " the server. Changes nothing.",
      "Exits with 0, or with the code of the first failure. \"check\" also checks Kafka and the"
          + " server's settings."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker config validate -g db_mall -c conf.json",
      "  binlogbroker config validate -g db_mall -c conf.json --offline"
    })
final class ConfigValidateCommand implements Callable<Integer> {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  @Option(names = "--offline", description = "Checks only text and rules, not the server.")
  private boolean offline;

  ConfigValidateCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    String group = options.group();
    try (ConfigPlace place = options.place()) {
      ConfigText text = place.texts().source();
      Config config = place.read(text.text());
      CheckReport report = new CheckReport(out);
      report.add(CheckResult.ok("configuration", text.origin()));
      RuleReport.addRoutes(report, config.routes(false));
      RuleReport.addKafkaProperties(report, KafkaSettings.of(group, config.broker().kafka()));
      if (!offline) {
        RuleReport.addServer(report, group, config);
      }
      return report.end().number();
    }
  }
}
