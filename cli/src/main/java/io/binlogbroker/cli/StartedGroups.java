package io.binlogbroker.cli;

import io.binlogbroker.broker.Group;
import io.binlogbroker.broker.Server;
import io.binlogbroker.broker.admin.OtlpPush;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.LogConfig;
import io.binlogbroker.broker.config.OtlpConfig;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of a process: it ends when all of them have ended. Main thread. */
final class StartedGroups {
  private static final Logger log = LoggerFactory.getLogger(StartedGroups.class);

  private final List<StartedGroup> groups;

  /**
   * @param groups at least one
   * @throws ConfigException if they disagree about what the process has once
   */
  StartedGroups(List<StartedGroup> groups) {
    this.groups = groups;
    Faults faults = new Faults();
    groups.forEach(group -> requireSame(group, faults));
    faults.throwIfAny();
  }

  private void requireSame(StartedGroup group, Faults faults) {
    StartedGroup first = groups.get(0);
    AdminConfig admin = group.process().admin();
    LogConfig logs = group.process().log();
    OtlpConfig otlp = group.process().otlp();
    String same =
        "groups %s and %s of one process have different values; fix: make them equal"
            .formatted(first.name(), group.name());
    faults.require(
        admin.equals(first.process().admin()),
        "RPCListen, RPCHosts, RPCTls, AdminToken",
        same + ", or override RPCListen by --listen");
    faults.require(logs.equals(first.process().log()), "LogDir, LogFile", same);
    faults.require(Objects.equals(otlp, first.process().otlp()), "Otlp", same);
  }

  /** The settings that are those of the process. */
  BrokerConfig process() {
    return groups.get(0).process();
  }

  boolean areSeveral() {
    return groups.size() > 1;
  }

  void describe() {
    groups.forEach(StartedGroup::describe);
  }

  /** Runs until all groups have ended; the exit code is that of the first that failed. */
  ExitCode serve() {
    ProcessMetrics metrics = new ProcessMetrics();
    groups.forEach(group -> Version.publish(metrics.of(group.name())));
    List<Group> served;
    try {
      served = groups.stream().map(group -> group.group(metrics, areSeveral())).toList();
    } catch (ConfigException | DeliveryException e) {
      return Failures.log(e);
    }
    AtomicReference<ExitCode> end = new AtomicReference<>(ExitCode.OK);
    Server server =
        new Server(
            process().admin(),
            served,
            metrics,
            (failed, failure) -> end.compareAndSet(ExitCode.OK, log(failed, failure)));
    Daemon daemon =
        new Daemon(
            () -> {
              serve(server, metrics);
              return end.get();
            },
            server::stop);
    Thread.setDefaultUncaughtExceptionHandler(daemon::fail);
    return daemon.run();
  }

  private void serve(Server server, ProcessMetrics metrics) {
    OtlpConfig otlp = process().otlp();
    if (otlp == null) {
      server.run();
      return;
    }
    try (OtlpPush push =
        OtlpPush.start(metrics, otlp, Version.ofProgram(), process().admin().rpcListen())) {
      log.info("Pushing metrics {}", push);
      server.run();
    }
  }

  private ExitCode log(Group failed, Throwable failure) {
    ExitCode code = Failures.log(failure);
    if (areSeveral()) {
      log.error(
          "Group {} has ended with {} and is not served by this process until its restart; the other"
              + " groups continue",
          failed.group(),
          code);
    }
    return code;
  }
}
