package io.binlogbroker.broker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.broker.live.ConfigStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "-etcd",
      paramLabel = "HOST:PORT,...",
      description = "Configuration and positions in etcd: not in this version yet.")
  private @Nullable String etcd;

  /**
   * @throws UsageException when it was not given
   */
  String group() {
    refuseEtcd();
    if (group == null || group.isBlank()) {
      throw new UsageException(
          "Missing -g: name the group, such as -g db_mall; its position is kept under that name");
    }
    return group;
  }

  Path file() {
    refuseEtcd();
    if (file == null) {
      throw new UsageException("Missing -c: name the configuration file, such as -c conf.json");
    }
    return file;
  }

  /**
   * @throws io.binlogbroker.broker.config.ConfigException with everything that is wrong with it
   */
  Config config() {
    return new ConfigReader().read(file());
  }

  /** Where the configuration lies. */
  ConfigStore store() {
    return new FileConfigStore(file());
  }

  /** Where commands show and change the configuration. */
  ConfigPlace place() {
    return new FileConfigPlace(file(), group());
  }

  private void refuseEtcd() {
    if (etcd != null) {
      throw new UsageException(
          "-etcd: configuration and positions in etcd come in a later version; give the"
              + " configuration with -c FILE, positions are kept under its StateDir");
    }
  }
}
