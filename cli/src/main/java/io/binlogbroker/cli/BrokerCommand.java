package io.binlogbroker.cli;

import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.config.LogConfig;
import io.binlogbroker.broker.etcd.EtcdLinks;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves one or more groups until the process is stopped: the program without a subcommand. */
@Command(
    name = "binlogbroker",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Delivers the row changes of a MySQL or MariaDB server to Kafka, in order, exactly once.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker check -g db_mall -c conf.json   check that everything is ready",
      "  binlogbroker -g db_mall -c conf.json         serve until Ctrl-C or SIGTERM",
      "  binlogbroker -g db_mall,db_social -etcd ...  serve several groups in one process",
      "  binlogbroker -g '*' -etcd ...                serve all groups that are configured in etcd",
      "  binlogbroker position show -g db_mall -c conf.json",
      "",
      "Exit codes: docs/exit-codes.md. Configuration: docs/config.md."
    })
final class BrokerCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(BrokerCommand.class);

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final LogLevel level;

  @Option(
      names = "--listen",
      paramLabel = "[HOST]:PORT",
      description = {
        "The HTTP listen address; overrides RPCListen; empty for none.",
        "Needed for several brokers on a host that share a configuration."
      })
  private @Nullable String listen;

  BrokerCommand(LogLevel level) {
    this.level = level;
  }

  @Override
  public Integer call() {
    try (EtcdLinks links = new EtcdLinks()) {
      return serve(options.isEvery() ? every(links) : named(links)).number();
    }
  }

  private StartedGroups named(EtcdLinks links) {
    List<StartedGroup> groups = options.groups().stream().map(name -> load(name, links)).toList();
    return StartedGroups.named(groups, links);
  }

  private StartedGroups every(EtcdLinks links) {
    GroupSearch search =
        new GroupSearch(() -> options.configured(links), name -> load(name, links));
    var unused = StartedGroup.retrying(() -> options.configured(links));
    return StartedGroups.every(
        StartedGroup.retrying(() -> options.shared(listen(), links)), search, links);
  }

  private StartedGroup load(String name, EtcdLinks links) {
    return StartedGroup.load(name, options.store(name, listen(), links));
  }

  private ExitCode serve(StartedGroups groups) {
    LogConfig logs = groups.process().log();
    Path folder = Path.of(logs.logDir());
    Logging.toFile(folder, logs.logFile(), level.or(Level.INFO), groups.areSeveral());
    log.info("binlogbroker {} starts", Version.ofProgram());
    groups.describe();
    if (!options.isEvery()) {
      options.groups().stream()
          .map(options::exposure)
          .filter(Objects::nonNull)
          .distinct()
          .forEach(log::warn);
    }
    return groups.serve();
  }

  private @Nullable String listen() {
    if (listen != null && !AdminConfig.isListenAddress(listen)) {
      throw new UsageException(
          "--listen: expected :port or host:port such as --listen :8847, or an empty string for none,"
              + " got \""
              + listen
              + "\"");
    }
    return listen;
  }
}
