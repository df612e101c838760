package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.relay.SnapshotRows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States that are to be committed without rows, and the requests that are done when they are.
 * Guarded by the lock of {@link Snapshots}.
 */
final class StateQueue {
  private final SnapshotControl control;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final List<String> sent = new ArrayList<>();
  private final List<String> committing = new ArrayList<>();

  /** Either a state, or a request whose states are those before it. */
  private record Entry(@Nullable SnapshotRows state, @Nullable String request) {}

  StateQueue(SnapshotControl control) {
    this.control = control;
  }

  void add(String name, byte[] json) {
    add(new SnapshotRows(MessageBlock.EMPTY, name, json));
  }

  void add(SnapshotRows state) {
    waiting.add(new Entry(state, null));
  }

  /** A request is done once everything that was added before is committed. */
  void addDone(String request) {
    if (waiting.isEmpty()) {
      control.done(request);
    } else {
      waiting.add(new Entry(null, request));
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The next state; null if there is none. */
  @Nullable SnapshotRows next() {
    Entry entry = waiting.poll();
    if (entry == null) {
      return null;
    }
    while (!waiting.isEmpty() && waiting.element().request != null) {
      sent.add(waiting.remove().request);
    }
    return entry.state;
  }

  /** A commit of everything that was taken starts. */
  void commitBegins() {
    committing.addAll(sent);
    sent.clear();
  }

  /** Whether requests are done as soon as the commits that were started are durable. */
  boolean awaitsCommit() {
    return !committing.isEmpty();
  }

  /** The commits that were started are durable. */
  void commitEnds() {
    committing.forEach(control::done);
    committing.clear();
  }
}
