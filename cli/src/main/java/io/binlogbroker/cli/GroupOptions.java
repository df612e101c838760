package io.binlogbroker.cli;

import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.ExposedFile;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.OverriddenConfigStore;
import io.binlogbroker.broker.etcd.EtcdConfigStore;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.engine.model.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a group and where its configuration is. */
final class GroupOptions {
  @Option(
      names = {"-g", "--group"},
      paramLabel = "GROUP",
      description = "The group to serve: a name for one database server, such as db_mall.")
  private @Nullable String group;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration: JSON, as docs/config.md says.")
  private @Nullable Path file;

  @Mixin private final EtcdConnectionOptions etcd = new EtcdConnectionOptions();

  /**
   * @throws UsageException when it was not given, or may not be a name
   */
  String group() {
    if (group == null || group.isBlank()) {
      throw new UsageException(
          "Missing -g: name the group, such as -g db_mall; its position is kept under that name");
    }
    return GroupName.require(group);
  }

  /**
   * @throws ConfigException with everything that is wrong with it
   */
  Config config() {
    try (ConfigStore store = store()) {
      return store.load().config();
    }
  }

  /** Where the configuration lies, for people. */
  String origin() {
    try (ConfigStore store = store()) {
      return store.toString();
    }
  }

  /** What to warn of about the configuration's file; null for nothing, or without a file. */
  @Nullable String exposure() {
    return file == null ? null : ExposedFile.warning(file);
  }

  /** Where the configuration lies. */
  ConfigStore store() {
    return store(null);
  }

  /**
   * Where the configuration lies.
   *
   * @param listen in place of {@code RPCListen}; null to leave that to the configuration
   */
  ConfigStore store(@Nullable String listen) {
    ConfigStore store =
        file == null ? EtcdConfigStore.at(etcdConfig(), group()) : new FileConfigStore(file);
    return new OverriddenConfigStore(store, overrides(listen));
  }

  /** Where commands show and change the configuration. */
  ConfigPlace place() {
    return file == null
        ? new EtcdConfigPlace(etcdConfig(), group())
        : new FileConfigPlace(file, overrides(null), group());
  }

  /** Beside a file, -etcd says where positions and election are, as the file's EtcdAddr does. */
  private CommandLineOverrides overrides(@Nullable String listen) {
    boolean besideFile = file != null && etcd.isGiven();
    return new CommandLineOverrides(besideFile ? etcd.toConfig() : null, listen);
  }

  /** How the etcd is reached that holds the configuration. */
  EtcdConfig etcdConfig() {
    if (!etcd.isGiven()) {
      throw new UsageException(
          "Missing -c or -etcd: name the configuration file, such as -c conf.json, or the etcd that"
              + " holds the configuration, such as -etcd localhost:2379");
    }
    return etcd.toConfig();
  }
}
