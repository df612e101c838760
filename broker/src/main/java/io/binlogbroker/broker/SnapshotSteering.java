package io.binlogbroker.broker;

import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.broker.timer.GroupTimer;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.snapshot.SnapshotControl;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the requests of users to the snapshots of a group while it is master, and removes those
 * that are done: every second, on the thread {@code snapshot-requests}.
 */
final class SnapshotSteering implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotSteering.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final SnapshotRequests requests;
  private final SnapshotControl control;
  private final BooleanSupplier isMaster;
  private String lastFailure = "";
  private final GroupTimer timer = new GroupTimer("snapshot-requests", PERIOD, PERIOD, this::pass);

  SnapshotSteering(SnapshotRequests requests, SnapshotControl control, BooleanSupplier isMaster) {
    this.requests = requests;
    this.control = control;
    this.isMaster = isMaster;
  }

  /** Begins. Called by a thread of the group. */
  void start() {
    timer.start();
  }

  private void pass() {
    if (!isMaster.getAsBoolean()) {
      return;
    }
    try {
      for (SnapshotRequest request : requests.pending()) {
        if (control.isDone(request.id())) {
          requests.remove(request.id());
          control.forget(request.id());
        } else {
          control.submit(request);
        }
      }
    } catch (DeliveryException e) {
      if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
        lastFailure = String.valueOf(e.getMessage());
        log.warn("Requests for snapshots cannot be read now: {}", lastFailure);
      }
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
