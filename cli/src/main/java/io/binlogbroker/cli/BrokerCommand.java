package io.binlogbroker.cli;

import io.binlogbroker.broker.Group;
import io.binlogbroker.broker.Server;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.Retries;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves a group until the process is stopped: the program without a subcommand. */
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
      "  binlogbroker position show -g db_mall -c conf.json",
      "",
      "Exit codes: docs/exit-codes.md. Configuration: docs/config.md."
    })
final class BrokerCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(BrokerCommand.class);

  // The configuration's StartTimeout is not known yet.
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(60);

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
    String group = options.group();
    ConfigStore store = options.store(listen());
    ConfigException refused = null;
    StoredConfig config;
    try {
      config = retrying(store::load);
    } catch (ConfigException e) {
      refused = e;
      config = lastFollowed(store, e);
    }
    BrokerConfig own = config.config().broker();
    Logging.toFile(Path.of(own.log().logDir()), own.log().logFile(), level.or(Level.INFO));
    log.info("binlogbroker {} starts with {}", Version.ofProgram(), store);
    if (refused != null) {
      logRefused(store, config, refused);
    }
    String exposure = options.exposure();
    if (exposure != null) {
      log.warn("{}", exposure);
    }
    return serve(group, store, config).number();
  }

  /** With etcd, a supervisor's restart must not turn a typo into an outage. */
  private static StoredConfig lastFollowed(ConfigStore store, ConfigException refused) {
    StoredConfig last;
    try {
      last = retrying(store::lastFollowed);
    } catch (ConfigException e) {
      refused.addSuppressed(e);
      throw refused;
    }
    if (last == null) {
      throw refused;
    }
    return last;
  }

  private static void logRefused(ConfigStore store, StoredConfig last, ConfigException refused) {
    log.error(
        "The configuration at {} is refused; this broker starts with revision {}, which the group"
            + " followed last. {}",
        store,
        last.revision(),
        refused.getMessage());
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

  /** etcd may still be starting, like this process. */
  private static <T extends @Nullable Object> T retrying(Supplier<T> request) {
    StopSignal never = new StopSignal();
    Retries retries = new Retries(LOAD_TIMEOUT, never::await, System::nanoTime);
    while (true) {
      try {
        return request.get();
      } catch (DeliveryException e) {
        retries.after(e);
      }
    }
  }

  private static ExitCode serve(String group, ConfigStore store, StoredConfig config) {
    ProcessMetrics metrics = new ProcessMetrics();
    Group served;
    try {
      served = group(group, store, config, metrics);
    } catch (ConfigException | DeliveryException e) {
      return Failures.log(e);
    }
    AtomicReference<ExitCode> end = new AtomicReference<>(ExitCode.OK);
    Server server =
        new Server(
            config.config().broker().admin(),
            List.of(served),
            metrics,
            (failed, failure) -> end.set(Failures.log(failure)));
    Daemon daemon =
        new Daemon(
            () -> {
              server.run();
              return end.get();
            },
            server::stop);
    Thread.setDefaultUncaughtExceptionHandler(daemon::fail);
    return daemon.run();
  }

  /** The rules of a valid text may still contradict each other. */
  private static Group group(
      String group, ConfigStore store, StoredConfig config, ProcessMetrics metrics) {
    try {
      return new Group(group, store, config, metrics);
    } catch (ConfigException e) {
      StoredConfig last = lastFollowed(store, e);
      if (last.text().equals(config.text())) {
        throw e;
      }
      logRefused(store, last, e);
      return new Group(group, store, last, metrics);
    }
  }
}
