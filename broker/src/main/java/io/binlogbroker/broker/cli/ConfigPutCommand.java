package io.binlogbroker.broker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.live.ConfigText;
import io.binlogbroker.broker.live.ConfigTexts;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.route.RouteCompiler;
import io.binlogbroker.broker.route.Routes;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a whole configuration to etcd, once it was found sound. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a file to etcd as the source's part of the group's configuration, unless it has"
          + " faults or somebody else writes at the same moment.",
      "Running brokers take rules up at once; what else has changed needs a restart."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker config put -g db_mall -etcd etcd1:2379 source.json",
      "  binlogbroker config put -g db_mall -etcd etcd1:2379 --broker broker.json source.json"
    })
final class ConfigPutCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  @Parameters(paramLabel = "FILE", description = "The source's part: JSON, as docs/config.md says.")
  private @Nullable Path source;

  @Option(
      names = "--broker",
      paramLabel = "FILE",
      description = "Writes this file as the broker's part, which all groups in this etcd share.")
  private @Nullable Path broker;

  ConfigPutCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    try (ConfigPlace place = options.place()) {
      if (place.isOneText()) {
        throw new UsageException(
            "With -c the file itself is the configuration: edit it, and running brokers take its"
                + " rules up within seconds. \"put\" writes to etcd, named by -etcd");
      }
      put(place.texts());
    }
  }

  private void put(ConfigTexts texts) {
    ConfigText oldBroker = texts.broker();
    ConfigText oldSource = texts.source();
    String newSource = text(source);
    String newBroker = broker == null ? oldBroker.text() : text(broker);
    ConfigReader reader = new ConfigReader();
    Config config =
        new Config(
            reader.readBroker(newBroker, broker == null ? oldBroker.origin() : broker.toString()),
            reader.readSource(newSource, String.valueOf(source)));
    Routes routes = RouteCompiler.compile(config.source(), false);
    routes.describe().forEach(out::println);
    routes.notes().forEach(note -> out.println("Note: " + note));
    if (broker != null) {
      report(texts.putBroker(newBroker, oldBroker.revision()), texts.broker());
    }
    report(texts.putSource(newSource, oldSource.revision()), texts.source());
  }

  private void report(boolean written, ConfigText text) {
    if (!written) {
      throw RelayException.fatal(
          ExitCode.CONFIG,
          "Not written: somebody else has just changed " + text.origin() + "; look at it again");
    }
    out.println("Written to " + text.origin() + ", revision " + text.revision() + ".");
  }

  private static String text(@Nullable Path file) {
    if (file == null) {
      throw new UsageException("Missing FILE: name the source's part to write");
    }
    return ConfigReader.textOf(file);
  }
}
