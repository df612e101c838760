package io.binlogbroker.broker;

import io.binlogbroker.broker.catalogue.CatalogueStore;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.file.FileCatalogueStore;
import io.binlogbroker.broker.file.FileElection;
import io.binlogbroker.broker.file.FileGroupLock;
import io.binlogbroker.broker.file.FilePositionStore;
import io.binlogbroker.broker.mysql.SourceOptions;
import io.binlogbroker.broker.relay.Election;
import io.binlogbroker.broker.relay.PositionStore;
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

  /** Nothing is recorded: both follow from the group's name, on every host alike. */
  @Override
  public SourceOptions source(Config config) {
    return SourceOptions.of(group, config);
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
