package io.binlogbroker.broker;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.etcd.EtcdLinks;
import io.binlogbroker.broker.event.EventStore;
import io.binlogbroker.broker.fleet.Fleet;
import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.Members;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Where a group's master is elected and its position is stored: in etcd, or in files of one host.
 * Its creator closes it, after all objects obtained from it.
 */
public interface GroupState extends AutoCloseable {
  /** In etcd where the configuration names one, with a connection of its own. */
  static GroupState of(String group, BrokerConfig config, Clock clock) {
    return of(group, config, clock, null);
  }

  /**
   * The same with connections that the groups of a process share.
   *
   * @param links null for connections of its own
   */
  static GroupState of(String group, BrokerConfig config, Clock clock, @Nullable EtcdLinks links) {
    return config.etcd().isGiven()
        ? new EtcdGroupState(group, config, clock, links)
        : new FileGroupState(group, config, clock);
  }

  Election election();

  /** The brokers of the group. */
  Members members();

  /** The position, read-only. */
  PositionStore positions();

  /**
   * The position, to be changed while no broker serves the group.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException FENCED, here or at a change, when one
   *     serves it
   */
  PositionStore idlePositions();

  /** The catalogue, to be read, or changed while no broker serves the group. */
  CatalogueStore idleCatalogue();

  /** The last events of the group. */
  EventStore events();

  /** The brokers with which this one shares its groups; null where they are not known. */
  @Nullable Fleet fleet();

  /** What users want to be done with the group's snapshots. */
  SnapshotRequests snapshotRequests();

  /**
   * How the group's source is read: with the identity that is recorded for the group. A server id
   * in the configuration is recorded.
   */
  SourceOptions source(Config config);

  @Override
  void close();

  /** The place as shown to users. */
  @Override
  String toString();
}
