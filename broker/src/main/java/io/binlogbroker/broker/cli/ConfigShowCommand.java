package io.binlogbroker.broker.cli;

import io.binlogbroker.broker.config.MaskedText;
import io.binlogbroker.broker.live.ConfigText;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the configuration as it is written, without its secrets. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the configuration as it is written, comments and all.",
      "The password of MysqlConn and the values under Kafka are shown as ***."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker config show -g db_mall -c conf.json")
final class ConfigShowCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  ConfigShowCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    try (ConfigPlace place = options.place()) {
      if (!place.isOneText()) {
        print(place.texts().broker());
      }
      print(place.texts().source());
    }
  }

  /** What stands above is a comment: the output may be edited and put back, but for the secrets. */
  private void print(ConfigText text) {
    out.println("// " + text.origin() + (text.revision() == 0 ? ": nothing is there" : ""));
    if (text.revision() > 0) {
      out.println(MaskedText.of(text.text()).stripTrailing());
    }
  }
}
