package io.binlogbroker.cli;

import io.binlogbroker.broker.Group;
import io.binlogbroker.broker.ProcessResources;
import io.binlogbroker.broker.Server;
import io.binlogbroker.broker.admin.OtlpPush;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.LogConfig;
import io.binlogbroker.broker.config.OtlpConfig;
import io.binlogbroker.broker.etcd.EtcdLinks;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of a process: it ends when all of them have ended. Main thread. */
final class StartedGroups {
  private static final Logger log = LoggerFactory.getLogger(StartedGroups.class);

  private final BrokerConfig process;
  private final List<StartedGroup> groups;
  private final @Nullable GroupSearch search;
  private final @Nullable EtcdLinks links;

  /**
   * @param process the settings that are those of the process
   * @param search adds further groups; null for none
   * @param links for all groups; null where there is only one
   */
  private StartedGroups(
      BrokerConfig process,
      List<StartedGroup> groups,
      @Nullable GroupSearch search,
      @Nullable EtcdLinks links) {
    this.process = process;
    this.groups = groups;
    this.search = search;
    this.links = links;
  }

  /**
   * Groups that are named.
   *
   * @param groups at least one
   * @param links of their stores
   * @throws ConfigException if they disagree about what the process has once
   */
  static StartedGroups named(List<StartedGroup> groups, EtcdLinks links) {
    Faults faults = new Faults();
    groups.forEach(group -> requireSame(group, groups.get(0), faults));
    faults.throwIfAny();
    return new StartedGroups(
        groups.get(0).process(), groups, null, groups.size() > 1 ? links : null);
  }

  /**
   * All groups that are configured, now and later.
   *
   * @param process the part of the configuration that they share
   */
  static StartedGroups every(BrokerConfig process, GroupSearch search, EtcdLinks links) {
    return new StartedGroups(process, List.of(), search, links);
  }

  private static void requireSame(StartedGroup group, StartedGroup first, Faults faults) {
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
    return process;
  }

  boolean areSeveral() {
    return links != null;
  }

  void describe() {
    groups.forEach(StartedGroup::describe);
  }

  /** Runs until all groups have ended; the exit code is that of the first that failed. */
  ExitCode serve() {
    ProcessResources resources = new ProcessResources(new ProcessMetrics(), links);
    AtomicReference<ExitCode> end = new AtomicReference<>(ExitCode.OK);
    Server server =
        new Server(
            process.admin(),
            resources.metrics(),
            (failed, failure) -> end.compareAndSet(ExitCode.OK, log(failed, failure)),
            search != null);
    try {
      groups.forEach(group -> add(group, server, resources));
    } catch (ConfigException | DeliveryException e) {
      return Failures.log(e);
    }
    Daemon daemon =
        new Daemon(
            () -> {
              search(server, resources);
              return end.get();
            },
            server::stop);
    Thread.setDefaultUncaughtExceptionHandler(daemon::fail);
    return daemon.run();
  }

  private static void add(StartedGroup group, Server server, ProcessResources resources) {
    Version.publish(resources.metrics().of(group.name()));
    server.add(group.group(resources));
  }

  private void search(Server server, ProcessResources resources) {
    try (search) {
      if (search != null) {
        search.start(group -> add(group, server, resources));
      }
      push(server, resources.metrics());
    }
  }

  private void push(Server server, ProcessMetrics metrics) {
    OtlpConfig otlp = process.otlp();
    if (otlp == null) {
      server.run();
      return;
    }
    try (OtlpPush push =
        OtlpPush.start(metrics, otlp, Version.ofProgram(), process.admin().rpcListen())) {
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
