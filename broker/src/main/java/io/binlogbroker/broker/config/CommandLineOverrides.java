package io.binlogbroker.broker.config;

import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says in place of keys of the broker's part.
 *
 * @param etcd where positions and election are; null to leave that to the configuration
 * @param listen in place of {@code RPCListen}; null to leave that to the configuration
 */
public record CommandLineOverrides(@Nullable EtcdConfig etcd, @Nullable String listen) {
  public static final CommandLineOverrides NONE = new CommandLineOverrides(null, null);

  /**
   * The same configuration with what the command line says.
   *
   * @param origin of the configuration, for people
   * @throws ConfigException when it names another etcd than the command line: the group's brokers
   *     would elect one in each
   */
  public Config applyTo(Config config, String origin) {
    return new Config(applyTo(config.broker(), origin), config.source());
  }

  private BrokerConfig applyTo(BrokerConfig broker, String origin) {
    BrokerConfig listening = listen == null ? broker : broker.listeningOn(listen);
    if (etcd == null) {
      return listening;
    }
    requireSameEtcd(broker.etcd(), etcd, origin);
    return listening.withEtcd(broker.etcd().with(etcd));
  }

  private static void requireSameEtcd(EtcdConfig own, EtcdConfig given, String origin) {
    if (own.isGiven() && !new TreeSet<>(own.etcdAddr()).equals(new TreeSet<>(given.etcdAddr()))) {
      String what =
          "is %s, but -etcd names %s; fix: leave out one of them, or name the same servers"
              .formatted(String.join(",", own.etcdAddr()), String.join(",", given.etcdAddr()));
      throw new ConfigException(origin, List.of(new Fault("EtcdAddr", what)));
    }
  }
}
