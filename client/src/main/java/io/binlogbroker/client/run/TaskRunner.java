package io.binlogbroker.client.run;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.OversizeMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Converts records to changes and passes them to their handlers. Belongs to one handler thread. */
final class TaskRunner {
  private final int thread;
  private final boolean repeatsDropped;
  private final Handlers handlers;
  private final Attempts attempts;
  private final Meters meters;
  private final RunState state;
  private final OversizeMessages oversize;
  private @Nullable ChangeBatch batch;

  /** A change with its handler. */
  private record Addressed(Handler<?> handler, Change<?> change) {}

  /** What the handler threads of a run share. */
  record Shared(
      ConsumeSettings settings,
      Handlers handlers,
      Attempts attempts,
      Meters meters,
      RunState state,
      OversizeMessages oversize) {}

  TaskRunner(int thread, Shared shared) {
    this.thread = thread;
    this.repeatsDropped = shared.settings().repeatsDropped();
    this.handlers = shared.handlers();
    this.attempts = shared.attempts();
    this.meters = shared.meters();
    this.state = shared.state();
    this.oversize = shared.oversize();
  }

  /** Handles tasks in order, and reports each one once as handled or dropped. */
  void run(List<Task> tasks) throws InterruptedException {
    for (Task task : tasks) {
      run(task);
    }
    flush();
  }

  private void run(Task task) throws InterruptedException {
    if (state.halt().isRaised() || task.partition().isRevoked()) {
      state.dropped(List.of(task));
      return;
    }
    List<Addressed> changes;
    try {
      changes = changes(task);
    } catch (KafkaException e) {
      flush();
      state.failed(task, e); // No policy applies: the message may be valid.
      state.dropped(List.of(task));
      return;
    } catch (RuntimeException e) { // The policy covers any exception that a message causes.
      flush(); // Earlier changes are handled first.
      attempts.refuse(task, e);
      return;
    }
    collect(task, changes);
  }

  /** Converts a record to the changes that have a handler, without duplicates. */
  private List<Addressed> changes(Task task) {
    List<Addressed> changes = new ArrayList<>();
    for (ChangeRecord record : ChangeRecord.allOf(oversize.whole(task.record()))) {
      if (repeatsDropped && isDuplicate(task, record)) {
        meters.repeated();
        continue;
      }
      Optional<Handler<?>> handler = handlers.of(record.change().source().table());
      handler.ifPresent(found -> changes.add(new Addressed(found, found.change(record))));
    }
    return changes;
  }

  private boolean isDuplicate(Task task, ChangeRecord record) {
    String group = Objects.requireNonNullElse(record.change().source().group(), "");
    return task.partition().seen(thread, group).isDuplicate(record);
  }

  private void collect(Task task, List<Addressed> changes) throws InterruptedException {
    if (changes.isEmpty()) {
      state.handled(List.of(task));
      return;
    }
    for (int i = 0; i < changes.size(); i++) {
      Addressed next = changes.get(i);
      ChangeBatch onto = batchFor(next.handler());
      onto.add(next.change(), task, i == changes.size() - 1);
      if (!next.handler().isBatch()) {
        flush();
      }
    }
  }

  private ChangeBatch batchFor(Handler<?> handler) throws InterruptedException {
    ChangeBatch open = batch;
    if (open == null || !open.isFor(handler)) {
      flush();
      open = new ChangeBatch(handler);
      batch = open;
    }
    return open;
  }

  private void flush() throws InterruptedException {
    ChangeBatch full = batch;
    batch = null;
    if (full != null) {
      attempts.handle(full);
    }
  }
}
