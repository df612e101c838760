package io.binlogbroker.broker.file;

import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.GroupStores;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.ha.StopSignal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An election between the processes of one host: the holder of the group's {@link FileGroupLock} is
 * master and loses it only by ending.
 */
public final class FileElection implements Election {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

  private final Path stateDir;
  private final String group;
  private final Clock clock;

  public FileElection(Path stateDir, String group, Clock clock) {
    this.stateDir = stateDir;
    this.group = group;
    this.clock = clock;
  }

  @Override
  public @Nullable Mastership campaign(StopSignal stop, Runnable waiting) {
    int polls = 0;
    while (!stop.isRaised()) {
      FileGroupLock lock = FileGroupLock.tryAcquire(stateDir, group);
      if (lock != null) {
        return new FileMastership(
            lock,
            new GroupStores(
                new FilePositionStore(stateDir, group, clock),
                new FileCatalogueStore(stateDir, group),
                new FileAppliedConfigStore(stateDir, group, clock)),
            clock.instant());
      }
      // A command that reads the master also holds it for a moment.
      if (++polls == 2) {
        waiting.run();
      }
      stop.await(RETRY_INTERVAL);
    }
    return null;
  }

  @Override
  public @Nullable Master master() {
    if (!FileGroupLock.exists(stateDir, group)) {
      return null;
    }
    FileGroupLock free = FileGroupLock.tryAcquire(stateDir, group);
    if (free != null) {
      // The file still contains the description of a killed process.
      free.close();
      return null;
    }
    return holder();
  }

  /** The holder's own description, if it has been written yet. */
  private Master holder() {
    StopSignal never = new StopSignal();
    for (int polls = 0; polls < 10; polls++) {
      String held = FileGroupLock.heldBy(stateDir, group);
      Master master = held == null ? null : MasterJson.read(held);
      if (master != null) {
        return master;
      }
      never.await(POLL_INTERVAL);
    }
    return new Master("this host", 0, clock.instant(), null);
  }

  @Override
  public void close() {
    // Nothing to close: open files belong to a mastership.
  }
}
