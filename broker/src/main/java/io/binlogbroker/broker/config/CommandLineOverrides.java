package io.binlogbroker.broker.config;

import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Command-line options that override keys of the broker's part.
 *
 * @param etcd the etcd with positions and election; null to use the configuration's
 * @param listen overrides {@code RPCListen}; null to use the configuration's
 */
public record CommandLineOverrides(@Nullable EtcdConfig etcd, @Nullable String listen) {
  public static final CommandLineOverrides NONE = new CommandLineOverrides(null, null);

  /**
   * The configuration with these options applied.
   *
   * @param origin names the configuration in messages
   * @throws ConfigException when it names a different etcd than the command line: each etcd would
   *     elect its own master
   */
  public Config applyTo(Config config, String origin) {
    return new Config(applyTo(config.broker(), origin), config.source());
  }

  /** The same for the broker's part alone. */
  public BrokerConfig applyTo(BrokerConfig broker, String origin) {
    BrokerConfig listening = listen == null ? broker : broker.withListenAddress(listen);
    if (etcd == null) {
      return listening;
    }
    requireSameEtcd(broker.etcd(), etcd, origin);
    return listening.withEtcd(broker.etcd().with(etcd));
  }

  private static void requireSameEtcd(EtcdConfig configured, EtcdConfig given, String origin) {
    if (configured.isGiven()
        && !new TreeSet<>(configured.etcdAddr()).equals(new TreeSet<>(given.etcdAddr()))) {
      String message =
          "is %s, but -etcd names %s; fix: leave out one of them, or name the same servers"
              .formatted(
                  String.join(",", configured.etcdAddr()), String.join(",", given.etcdAddr()));
      throw new ConfigException(origin, List.of(new Fault("EtcdAddr", message)));
    }
  }
}
