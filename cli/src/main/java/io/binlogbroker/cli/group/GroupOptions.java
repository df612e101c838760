package io.binlogbroker.cli.group;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.edit.ExposedFile;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.OverriddenConfigStore;
import io.binlogbroker.broker.etcd.EtcdConfigStore;
import io.binlogbroker.broker.etcd.EtcdLinks;
import io.binlogbroker.broker.etcd.EtcdOptions;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.engine.model.ConfigException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for a group and the location of its configuration. */
public final class GroupOptions {
  private static final String SEPARATOR = ",";

  /** Stands for all groups. */
  private static final String EVERY = "*";

  /** Stands for the group's name in that of a file. */
  private static final String PLACEHOLDER = "{group}";

  @Option(
      names = {"-g", "--group"},
      paramLabel = "GROUP",
      description = {
        "The group to serve: a name for one database server, such as db_mall.",
        "The broker serves several, separated by commas, in one process;",
        "'*' stands for all that are configured in etcd, now and later."
      })
  private @Nullable String group;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = {
        "The configuration: JSON, see docs/config.md.",
        "In its name, {group} stands for the group."
      })
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
    if (group.contains(SEPARATOR) || isEvery()) {
      throw new UsageException(
          "-g: expected one group, got \"" + group + "\"; only the broker itself serves several");
    }
    return GroupName.require(group);
  }

  /** Whether all groups that are configured in etcd are to be served. */
  public boolean isEvery() {
    return EVERY.equals(group);
  }

  /**
   * The groups that are configured in etcd now, in the order of their names.
   *
   * @throws UsageException when the configuration is in a file
   */
  public List<String> configured(EtcdLinks links) {
    if (file != null) {
      throw new UsageException(
          "-g '*' stands for the groups that are configured in etcd; fix: name the etcd by -etcd and"
              + " leave out -c, or name the groups");
    }
    return etcdStore("", links).groups().stream().sorted().toList();
  }

  /**
   * The broker's part of the configuration in etcd, which all groups share.
   *
   * @param listen overrides {@code RPCListen}; null to use the configuration's
   * @throws ConfigException with everything that is wrong with it
   */
  public BrokerConfig shared(@Nullable String listen, EtcdLinks links) {
    EtcdConfigStore store = etcdStore("", links);
    return overrides(listen).applyTo(store.brokerConfig(), store.toString());
  }

  /**
   * The groups to serve, at least one.
   *
   * @throws UsageException when a name is missing, not valid or given twice
   */
  public List<String> groups() {
    if (group == null || !group.contains(SEPARATOR)) {
      return List.of(group());
    }
    List<String> names = List.of(group.split(SEPARATOR, -1));
    for (String name : names) {
      if (name.isBlank() || Collections.frequency(names, name) > 1) {
        throw new UsageException(
            "-g: expected different names, separated by commas, got \"" + group + "\"");
      }
      GroupName.require(name);
    }
    if (file != null && !isPerGroup(file)) {
      throw new UsageException(
          "-c: a configuration file is that of one database server, but -g names several groups; fix:"
              + " a file for each, such as -c 'conf/{group}.json'");
    }
    return names;
  }

  private static boolean isPerGroup(Path path) {
    return path.toString().contains(PLACEHOLDER);
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
    return exposure(group());
  }

  /** The same for one of several groups. */
  public @Nullable String exposure(String name) {
    return file == null ? null : ExposedFile.warning(file(name));
  }

  private Path file(String name) {
    return Path.of(Objects.requireNonNull(file).toString().replace(PLACEHOLDER, name));
  }

  /** The store of the configuration. */
  public ConfigStore store() {
    return store(group(), null, null);
  }

  /**
   * The store of a group's configuration.
   *
   * @param listen overrides {@code RPCListen}; null to use the configuration's
   * @param links to use for one in etcd; null for a connection of its own
   * @throws UsageException when the name is not valid
   */
  public ConfigStore store(String name, @Nullable String listen, @Nullable EtcdLinks links) {
    GroupName.require(name);
    ConfigStore store = file == null ? etcdStore(name, links) : new FileConfigStore(file(name));
    return new OverriddenConfigStore(store, overrides(listen));
  }

  private EtcdConfigStore etcdStore(String name, @Nullable EtcdLinks links) {
    EtcdConfig etcdConfig = etcdConfig();
    return links == null
        ? EtcdConfigStore.at(etcdConfig, name)
        : EtcdConfigStore.over(links.to(EtcdOptions.of(etcdConfig)), etcdConfig, name);
  }

  /** The location in which commands show and change the configuration. */
  public ConfigPlace place() {
    return file == null
        ? new EtcdConfigPlace(etcdConfig(), group())
        : new FileConfigPlace(file(group()), overrides(null), group());
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
