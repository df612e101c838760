package io.binlogbroker.cli.config;

import io.binlogbroker.cli.group.UsageException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The parent of the configuration commands; does nothing itself. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Shows, checks or changes a group's configuration, also while brokers run.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker config show         -g db_mall -c conf.json",
      "  binlogbroker config validate     -g db_mall -c conf.json",
      "  binlogbroker config add-table    -g db_mall -c conf.json mall_db.orders --key user_id",
      "  binlogbroker config remove-table -g db_mall -c conf.json mall_db.orders",
      "  binlogbroker config put          -g db_mall -etcd etcd1:2379 source.json"
    })
public final class ConfigCommand implements Runnable {
  private ConfigCommand() {}

  public static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new ConfigCommand())
        .addSubcommand(new ConfigShowCommand(out))
        .addSubcommand(new ConfigValidateCommand(out))
        .addSubcommand(new ConfigPutCommand(out))
        .addSubcommand(new ConfigAddTableCommand(out))
        .addSubcommand(new ConfigRemoveTableCommand(out));
  }

  @Override
  public void run() {
    throw new UsageException("Missing subcommand: show, validate, put, add-table or remove-table");
  }
}
