package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An election that is won immediately, or after another broker was master for a while. */
final class FakeElection implements Election {
  private final PositionStore store;
  private final List<FakeMastership> won = new ArrayList<>();
  private @Nullable DeliveryException failure;
  private boolean taken;

  FakeElection(PositionStore store) {
    this.store = store;
  }

  /** Makes the next campaign fail. */
  void failOnce(DeliveryException failure) {
    this.failure = failure;
  }

  /** Makes another broker the master when the next campaign begins. */
  void takenByAnother() {
    taken = true;
  }

  List<FakeMastership> won() {
    return won;
  }

  @Override
  public Mastership campaign(StopSignal stop, Runnable waiting) {
    DeliveryException failing = failure;
    failure = null;
    if (failing != null) {
      throw failing;
    }
    if (taken) {
      waiting.run();
      taken = false;
    }
    FakeMastership mastership = new FakeMastership(store);
    won.add(mastership);
    return mastership;
  }

  @Override
  public @Nullable Master master() {
    return taken ? new Master("elsewhere", 1, Instant.EPOCH, null) : null;
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
