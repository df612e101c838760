package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.snapshot.SnapshotRequest;
import java.util.List;

/**
 * What users want to be done with a group's snapshots, and the group's master has not done yet.
 * Written by commands, carried out and removed by the master. One thread at a time. Each method
 * throws a {@link io.binlogbroker.engine.model.DeliveryException} when the store does not answer.
 */
public interface SnapshotRequests {
  /** In the order of their ids. One that cannot be read is removed, with an ERROR in the log. */
  List<SnapshotRequest> pending();

  void add(SnapshotRequest request);

  /** Removes a request, which may be gone already. */
  void remove(String id);

  /** The place as shown to users. */
  @Override
  String toString();
}
