package io.binlogbroker.broker.cli;

import io.binlogbroker.broker.Broker;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.ConfigException;
import io.binlogbroker.broker.live.ConfigStore;
import io.binlogbroker.broker.live.StoredConfig;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.Retries;
import io.binlogbroker.broker.relay.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves a group until the process is told to stop: what the program does without a subcommand. */
@Command(
    name = "binlogbroker",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Delivers the row changes of a MySQL or MariaDB server to Kafka, in order, exactly once.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker check -g db_mall -c conf.json   look whether everything is ready",
      "  binlogbroker -g db_mall -c conf.json         serve until Ctrl-C or SIGTERM",
      "  binlogbroker position show -g db_mall -c conf.json",
      "",
      "Exit codes: docs/exit-codes.md. Configuration: docs/config.md."
    })
final class BrokerCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(BrokerCommand.class);

  // The configuration's own StartTimeout is not known yet.
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(60);

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final LogLevel level;

  BrokerCommand(LogLevel level) {
    this.level = level;
  }

  @Override
  public Integer call() {
    String group = options.group();
    ConfigStore store = options.store();
    StoredConfig config = load(store);
    BrokerConfig own = config.config().broker();
    Logging.toFile(Path.of(own.logDir()), own.logFile(), level.or(Level.INFO));
    log.info("binlogbroker {} starts with {}", Version.ofProgram(), store);
    return serve(group, store, config).number();
  }

  /** An etcd may still be starting, as this process is. */
  private static StoredConfig load(ConfigStore store) {
    StopSignal never = new StopSignal();
    Retries retries = new Retries(LOAD_TIMEOUT, never::await, System::nanoTime);
    while (true) {
      try {
        return store.load();
      } catch (RelayException e) {
        retries.after(e);
      }
    }
  }

  private static ExitCode serve(String group, ConfigStore store, StoredConfig config) {
    Broker broker;
    try {
      broker = new Broker(group, store, config);
    } catch (ConfigException | RelayException e) {
      return Failures.log(e);
    }
    return new Daemon(broker::run, broker::stop).run();
  }
}
