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
 * An election between the processes of one host: whoever holds the group's {@link FileGroupLock} is
 * master, and cannot lose but by its own end.
 */
public final class FileElection implements Election {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration TRY_AGAIN = Duration.ofMillis(200);

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
    int looks = 0;
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
      // A command that only looks who works holds it for a moment, too.
      if (++looks == 2) {
        waiting.run();
      }
      stop.await(TRY_AGAIN);
    }
    return null;
  }

  @Override
  public @Nullable Master master() {
    if (!FileGroupLock.isThere(stateDir, group)) {
      return null;
    }
    FileGroupLock free = FileGroupLock.tryAcquire(stateDir, group);
    if (free != null) {
      // What a killed process said of itself still stands in the file.
      free.close();
      return null;
    }
    return holder();
  }

  /** As the holder describes itself, which it may be about to do. */
  private Master holder() {
    StopSignal never = new StopSignal();
    for (int looks = 0; looks < 10; looks++) {
      String held = FileGroupLock.heldBy(stateDir, group);
      Master master = held == null ? null : MasterJson.read(held);
      if (master != null) {
        return master;
      }
      never.await(BETWEEN_LOOKS);
    }
    return new Master("this host", 0, clock.instant(), null);
  }

  @Override
  public void close() {
    // Nothing is open but what a mastership holds.
  }
}
