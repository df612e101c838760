package io.binlogbroker.broker;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.etcd.EtcdCatalogueStore;
import io.binlogbroker.broker.etcd.EtcdConnection;
import io.binlogbroker.broker.etcd.EtcdElection;
import io.binlogbroker.broker.etcd.EtcdEventStore;
import io.binlogbroker.broker.etcd.EtcdKeys;
import io.binlogbroker.broker.etcd.EtcdLink;
import io.binlogbroker.broker.etcd.EtcdLinks;
import io.binlogbroker.broker.etcd.EtcdMembers;
import io.binlogbroker.broker.etcd.EtcdOptions;
import io.binlogbroker.broker.etcd.EtcdPositionStore;
import io.binlogbroker.broker.etcd.EtcdReplicaIdentities;
import io.binlogbroker.broker.etcd.EtcdSnapshotRequests;
import io.binlogbroker.broker.etcd.ReplicaRecord;
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

/** A group's state in etcd. */
final class EtcdGroupState implements GroupState {
  private final EtcdLink link;
  private final boolean ownsLink;
  private final EtcdConnection etcd;
  private final EtcdConnection background;
  private final EtcdKeys keys;
  private final BrokerConfig config;
  private final Clock clock;

  /**
   * @param links that other groups use, too; null for connections of its own
   */
  EtcdGroupState(String group, BrokerConfig config, Clock clock, @Nullable EtcdLinks links) {
    EtcdOptions options = EtcdOptions.of(config.etcd());
    this.link = links == null ? new EtcdLink(options) : links.to(options);
    this.ownsLink = links == null;
    this.etcd = link.mastership();
    this.background = link.background();
    this.keys = new EtcdKeys(group);
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Election election() {
    return new EtcdElection(etcd, keys, config.etcd().leaseTtl(), clock);
  }

  @Override
  public Members members() {
    return new EtcdMembers(background, keys);
  }

  @Override
  public PositionStore positions() {
    return EtcdPositionStore.unguarded(etcd, keys, clock);
  }

  @Override
  public PositionStore idlePositions() {
    return EtcdPositionStore.withoutMaster(etcd, keys, clock);
  }

  @Override
  public CatalogueStore idleCatalogue() {
    return EtcdCatalogueStore.withoutMaster(etcd, keys);
  }

  @Override
  public EventStore events() {
    return new EtcdEventStore(background, keys);
  }

  @Override
  public Fleet fleet() {
    return link.fleet();
  }

  @Override
  public SnapshotRequests snapshotRequests() {
    return new EtcdSnapshotRequests(background, keys);
  }

  @Override
  public SourceOptions source(Config whole) {
    SourceOptions derived = whole.sourceOptions(keys.group());
    EtcdReplicaIdentities identities = new EtcdReplicaIdentities(etcd, keys);
    ReplicaRecord recorded =
        whole.source().serverId() == null
            ? identities.recordedOr(new ReplicaRecord(derived.serverId(), derived.slaveUuid()))
            : identities.configured(derived.serverId(), derived.slaveUuid());
    return derived.registeredAs(recorded.serverId(), recorded.slaveUuid());
  }

  @Override
  public void close() {
    if (ownsLink) {
      link.close();
    }
  }

  @Override
  public String toString() {
    return etcd + ", " + keys.position();
  }
}
