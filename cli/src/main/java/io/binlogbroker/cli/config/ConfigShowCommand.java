package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.edit.MaskedText;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.cli.group.GroupOptions;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the configuration's text with secrets masked. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the configuration as written.",
      "Passwords, values under Kafka, values of unknown keys and the text of comments are replaced"
          + " by ***."
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

  /** The header is a comment, so that the output is valid JSON with comments. */
  private void print(ConfigText text) {
    out.println("// " + text.origin() + (text.revision() == 0 ? ": not found" : ""));
    if (text.revision() > 0) {
      out.println(MaskedText.of(text.text()).stripTrailing());
    }
  }
}
