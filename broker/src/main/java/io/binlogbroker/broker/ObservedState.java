package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports as events what can be seen in a group's state: a change of the configuration, of a
 * snapshot, an internal error. Belongs to the thread that calls {@link #compare} regularly.
 */
final class ObservedState {
  private static final String CONFIG_FIX =
      "correct the configuration; \"binlogbroker config validate\" checks it";
  private static final String REPORT = "report it with the log file, which has the stack trace";

  private final BrokerState state;
  private final GroupEvents events;
  private final Map<String, SnapshotState> snapshots = new HashMap<>();
  private RulesStatus rules;
  private long failures;

  ObservedState(BrokerState state, GroupEvents events) {
    this.state = state;
    this.events = events;
    this.rules = state.rules();
  }

  void compare() {
    compareRules(state.rules());
    compareFailures(state.threadFailures().count());
    if (state.isMaster()) {
      long since = state.role().since().toEpochMilli();
      state.snapshots().forEach(progress -> compareSnapshot(progress, since));
    } else {
      snapshots.clear();
    }
  }

  private void compareRules(RulesStatus now) {
    if (now.appliedRevision() != rules.appliedRevision()) {
      events.add(
          EventKind.CONFIG_APPLIED,
          "Revision " + now.appliedRevision() + " of the configuration is in force",
          now.from(),
          null);
    }
    if (now.refusal() != null
        && !(now.refusedRevision() == rules.refusedRevision()
            && Objects.equals(now.refusal(), rules.refusal()))) {
      events.add(
          EventKind.CONFIG_REFUSED,
          "Revision "
              + now.refusedRevision()
              + " of the configuration is refused. "
              + now.refusal(),
          null,
          CONFIG_FIX);
    }
    rules = now;
  }

  private void compareFailures(long count) {
    if (count > failures) {
      events.add(
          EventKind.INTERNAL_ERROR,
          "Internal error in thread " + state.threadFailures().last(),
          null,
          REPORT);
    }
    failures = count;
  }

  /**
   * What happened before this broker became master is not news, whenever it is seen first.
   *
   * @param since when it became master, in milliseconds since the epoch
   */
  private void compareSnapshot(SnapshotProgress progress, long since) {
    SnapshotState now = progress.state();
    String table = now.schema() + "." + now.table();
    SnapshotState before = snapshots.put(table, now);
    boolean isNew = before == null ? now.started() >= since : before.started() != now.started();
    if (isNew) {
      events.add(EventKind.SNAPSHOT_STARTED, "Snapshot of " + table + " started");
    }
    boolean hasChanged = before == null ? now.ended() >= since : before.status() != now.status();
    if (isNew || hasChanged) {
      reportEnd(table, now);
    }
  }

  private void reportEnd(String table, SnapshotState now) {
    String name = "Snapshot of " + table;
    switch (now.status()) {
      case COMPLETE ->
          events.add(EventKind.SNAPSHOT_COMPLETE, name + " complete: " + now.rows() + " rows");
      case CANCELLED -> events.add(EventKind.SNAPSHOT_CANCELLED, name + " cancelled");
      case FAILED ->
          events.add(
              EventKind.SNAPSHOT_FAILED,
              name + " failed" + because(now.reason()),
              null,
              "fix the cause, then \"binlogbroker snapshot start\"");
      case READING, PAUSED -> {}
    }
  }

  private static String because(@Nullable String reason) {
    return reason == null ? "" : ": " + reason;
  }
}
