package io.binlogbroker.cli.group;

import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.edit.ExposedFile;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.OverriddenConfigStore;
import io.binlogbroker.broker.etcd.EtcdConfigStore;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.engine.model.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for a group and the location of its configuration. */
public final class GroupOptions {
  @Option(
      names = {"-g", "--group"},
      paramLabel = "GROUP",
      description = "The group to serve: a name for one database server, such as db_mall.")
  private @Nullable String group;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration: JSON, see docs/config.md.")
  private @Nullable Path file;

  @Mixin private final EtcdConnectionOptions etcd = new EtcdConnectionOptions();

  /**
   * @throws UsageException when it is missing or not a valid name
   */
  public String group() {
    if (group == null || group.isBlank()) {
      throw new UsageException(
          "Missing -g: name the group, such as -g db_mall; its position is stored under that name");
    }
    return GroupName.require(group);
  }

  /**
   * @throws ConfigException with everything that is wrong with it
   */
  public Config config() {
    try (ConfigStore store = store()) {
      return store.load().config();
    }
  }

  /** The configuration's location, for messages. */
  public String origin() {
    try (ConfigStore store = store()) {
      return store.toString();
    }
  }

  /** The warning about the configuration file's permissions; null for none, or without a file. */
  public @Nullable String exposure() {
    return file == null ? null : ExposedFile.warning(file);
  }

  /** The store of the configuration. */
  public ConfigStore store() {
    return store(null);
  }

  /**
   * The store of the configuration.
   *
   * @param listen overrides {@code RPCListen}; null to use the configuration's
   */
  public ConfigStore store(@Nullable String listen) {
    ConfigStore store =
        file == null ? EtcdConfigStore.at(etcdConfig(), group()) : new FileConfigStore(file);
    return new OverriddenConfigStore(store, overrides(listen));
  }

  /** The location in which commands show and change the configuration. */
  public ConfigPlace place() {
    return file == null
        ? new EtcdConfigPlace(etcdConfig(), group())
        : new FileConfigPlace(file, overrides(null), group());
  }

  /** With a file, -etcd names the etcd for positions and election, like the file's EtcdAddr. */
  private CommandLineOverrides overrides(@Nullable String listen) {
    boolean withFile = file != null && etcd.isGiven();
    return new CommandLineOverrides(withFile ? etcd.toConfig() : null, listen);
  }

  /** Connection settings of the etcd with the configuration. */
  public EtcdConfig etcdConfig() {
    if (!etcd.isGiven()) {
      throw new UsageException(
          "Missing -c or -etcd: name the configuration file, such as -c conf.json, or the etcd with"
              + " the configuration, such as -etcd localhost:2379");
    }
    return etcd.toConfig();
  }
}
