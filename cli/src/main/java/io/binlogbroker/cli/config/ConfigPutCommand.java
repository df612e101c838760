package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.edit.ConfigParts;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.check.MysqlRuleCheck;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a whole configuration to etcd after checking it. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a file to etcd as the group's configuration, unless it is invalid or changed"
          + " concurrently. A file with BrokerConfig and SourceConfig sets both parts, any other"
          + " file the source's.",
      "Running brokers apply rules at once; other changes need a restart.",
      "A group that is new to this etcd keeps its position: it is copied from the file's StateDir"
          + " or from Kafka."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker config put -g db_mall -etcd etcd1:2379 conf.json",
      "  binlogbroker config put -g db_mall -etcd etcd1:2379 --broker broker.json source.json"
    })
final class ConfigPutCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration: JSON, see docs/config.md.")
  private @Nullable Path file;

  @Option(
      names = "--broker",
      paramLabel = "FILE",
      description = "Writes this file as the broker's part, which all groups in this etcd share.")
  private @Nullable Path broker;

  @Option(
      names = "--yes",
      description = "Changes the broker's part although other groups share it.")
  private boolean yes;

  @Option(
      names = "--force",
      description = "Writes it without checking tables and key columns on the server.")
  private boolean force;

  @Option(
      names = "--no-wait",
      description = "Returns once it is written, without waiting until the master applies it.")
  private boolean noWait;

  ConfigPutCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    try (ConfigPlace place = options.place()) {
      if (place.isOneText()) {
        throw new UsageException(
            "With -c the file itself is the configuration: edit it, and running brokers apply its"
                + " rules within seconds. \"put\" writes to etcd, which -etcd names");
      }
      put(group, place);
    }
  }

  private void put(String group, ConfigPlace place) {
    ConfigParts given = given();
    ConfigTexts texts = place.texts();
    ConfigText oldBroker = texts.broker();
    ConfigText oldSource = texts.source();
    ConfigText newBroker = changed(oldBroker, given.broker());
    ConfigText newSource = changed(oldSource, given.source());
    ConfigReader reader = new ConfigReader();
    Config config =
        new Config(
            reader.readBroker(newBroker.text(), newBroker.origin()),
            reader.readSource(newSource.text(), newSource.origin()));
    check(group, config);
    new SharedPart(out, place.otherGroups()).require(oldBroker, config.broker(), yes);
    new GroupMove(out, group, config).into(options.etcdConfig());
    if (!newBroker.text().equals(oldBroker.text())) {
      report(texts.putBroker(newBroker.text(), oldBroker.revision()), texts.broker());
    }
    if (!newSource.text().equals(oldSource.text())) {
      report(texts.putSource(newSource.text(), oldSource.revision()), texts.source());
    }
    if (!noWait) {
      AwaitRules.of(out, place, config).await(place.awaited(null, texts.source()));
    }
  }

  private ConfigParts given() {
    if (file == null && broker == null) {
      throw new UsageException("Missing FILE: name the configuration to write");
    }
    ConfigParts parts =
        file == null
            ? new ConfigParts(null, null)
            : ConfigParts.of(ConfigReader.textOf(file), file.toString());
    if (broker == null) {
      return parts;
    }
    if (parts.broker() != null) {
      throw new UsageException(file + " also has a BrokerConfig: remove that part or --broker");
    }
    return new ConfigParts(ConfigReader.textOf(broker), parts.source());
  }

  /**
   * @param text the new text; null to keep the current one
   */
  private static ConfigText changed(ConfigText there, @Nullable String text) {
    if (text != null) {
      return new ConfigText(text, there.revision(), "the new text of " + there.origin());
    }
    if (there.revision() > 0) {
      return there;
    }
    throw new UsageException(
        "There is no configuration at "
            + there.origin()
            + " yet: give both parts, in one file as BrokerConfig and SourceConfig or with"
            + " --broker");
  }

  private void check(String group, Config config) {
    KafkaSettings.of(group, config.broker().kafka()).requireValid();
    RulePreview preview = new RulePreview(out);
    preview.print(config.routes(false), line -> true);
    if (!force) {
      MysqlRuleCheck server = new MysqlRuleCheck(config.sourceOptions(group), config.rules(0));
      preview.require(server.check(), "--force");
    }
  }

  private void report(boolean written, ConfigText text) {
    if (!written) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "Not written: " + text.origin() + " was changed concurrently; check it and try again");
    }
    out.println("Written to " + text.origin() + ", revision " + text.revision() + ".");
  }
}
