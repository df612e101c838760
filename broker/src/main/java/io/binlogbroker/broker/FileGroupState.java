package io.binlogbroker.broker;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.event.EventStore;
import io.binlogbroker.broker.file.FileCatalogueStore;
import io.binlogbroker.broker.file.FileElection;
import io.binlogbroker.broker.file.FileEventStore;
import io.binlogbroker.broker.file.FileGroupLock;
import io.binlogbroker.broker.file.FilePositionStore;
import io.binlogbroker.broker.file.FileSnapshotRequests;
import io.binlogbroker.broker.fleet.Fleet;
import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.broker.ha.Members;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** A group's state in files under its state directory. */
final class FileGroupState implements GroupState {
  private final String group;
  private final Path folder;
  private final Clock clock;
  private @Nullable FileGroupLock lock;

  FileGroupState(String group, BrokerConfig config, Clock clock) {
    this.group = group;
    this.folder = Path.of(config.stateDir());
    this.clock = clock;
  }

  @Override
  public Election election() {
    return new FileElection(folder, group, clock);
  }

  @Override
  public Members members() {
    Election election = election();
    return () -> new GroupMembers(election.master(), null, election.standbys());
  }

  @Override
  public PositionStore positions() {
    return new FilePositionStore(folder, group, clock);
  }

  @Override
  public PositionStore idlePositions() {
    if (lock == null) {
      lock = FileGroupLock.acquire(folder, group);
    }
    return positions();
  }

  @Override
  public CatalogueStore idleCatalogue() {
    return new FileCatalogueStore(folder, group);
  }

  @Override
  public EventStore events() {
    return new FileEventStore(folder, group);
  }

  @Override
  public @Nullable Fleet fleet() {
    return null;
  }

  @Override
  public SnapshotRequests snapshotRequests() {
    return new FileSnapshotRequests(folder, group);
  }

  /** Nothing is recorded: both follow from the group's name, on every host alike. */
  @Override
  public SourceOptions source(Config config) {
    return config.sourceOptions(group);
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
