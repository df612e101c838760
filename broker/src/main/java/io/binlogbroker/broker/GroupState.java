package io.binlogbroker.broker;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.time.Clock;

/**
 * Where a group's master is elected and its position kept: in etcd, or in files of one host. Closed
 * by its maker, after all that came from it.
 */
public interface GroupState extends AutoCloseable {
  /** In etcd where the configuration names one. */
  static GroupState of(String group, BrokerConfig config, Clock clock) {
    return config.etcd().isGiven()
        ? new EtcdGroupState(group, config, clock)
        : new FileGroupState(group, config, clock);
  }

  Election election();

  /** The position, to be looked at. */
  PositionStore positions();

  /**
   * The position, to be changed while no broker works for the group.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException FENCED, here or at a change, when one
   *     does
   */
  PositionStore idlePositions();

  /** The catalogue, to be read, or changed while no broker works for the group. */
  CatalogueStore idleCatalogue();

  /**
   * How the group's source is read: under what is recorded for the group, and a server id that the
   * configuration gives is recorded.
   */
  SourceOptions source(Config config);

  @Override
  void close();

  /** Names the place, for people. */
  @Override
  String toString();
}
