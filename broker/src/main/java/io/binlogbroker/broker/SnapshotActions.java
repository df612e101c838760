package io.binlogbroker.broker;

import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests for the snapshots of a group, which its master carries out within about a second.
 * One thread at a time.
 */
final class SnapshotActions {
  private final SnapshotRequests requests;
  private final SnapshotQueries servers;
  private final Clock clock;

  /** What the group's servers know; each method throws a {@link DeliveryException}. */
  interface SnapshotQueries {
    /** Throws unless the rows of all these tables can be read. */
    void requireReadable(List<TableName> tables, @Nullable String where);

    /** The tables whose snapshots were started. */
    List<TableName> started();
  }

  SnapshotActions(SnapshotRequests requests, SnapshotQueries servers, Clock clock) {
    this.requests = requests;
    this.servers = servers;
    this.clock = clock;
  }

  void start(List<TableName> tables, @Nullable String where, int priority) {
    servers.requireReadable(tables, where);
    add(Action.START, tables, where, priority);
  }

  void change(Action action, List<TableName> tables) {
    List<TableName> started = tables.isEmpty() ? List.of() : servers.started();
    for (TableName table : tables) {
      if (!started.contains(table)) {
        throw DeliveryException.fatal(
            FailureKind.INVALID_ARGUMENT,
            "No snapshot of "
                + table
                + " was started; the group's \"snapshots\" are those that were");
      }
    }
    add(action, tables, null, 0);
  }

  /** Later requests have higher ids. */
  private void add(Action action, List<TableName> tables, @Nullable String where, int priority) {
    int random = ThreadLocalRandom.current().nextInt(1 << 24);
    String id = String.format(Locale.ROOT, "%014d-%06x", clock.millis(), random);
    requests.add(new SnapshotRequest(id, action, tables, where, priority));
  }
}
