package io.binlogbroker.client.run;

import io.binlogbroker.client.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The changes for one call of a handler, with the tasks that contain them. One thread. */
final class ChangeBatch {
  private final Handler<?> handler;
  private final List<Change<?>> changes = new ArrayList<>();
  private final Set<Task> tasks = new LinkedHashSet<>();
  private final List<Task> finished = new ArrayList<>();

  ChangeBatch(Handler<?> handler) {
    this.handler = handler;
  }

  /** Adds a change of a task; the last change of a task finishes it. */
  void add(Change<?> change, Task task, boolean isLast) {
    changes.add(change);
    tasks.add(task);
    if (isLast) {
      finished.add(task);
    }
  }

  boolean isFor(Handler<?> other) {
    return handler == other;
  }

  void call() throws Exception {
    handler.handle(changes);
  }

  List<Change<?>> changes() {
    return changes;
  }

  /** All tasks with a change in this batch. */
  List<Task> tasks() {
    return List.copyOf(tasks);
  }

  /** The tasks whose last change is in this batch. */
  List<Task> finished() {
    return finished;
  }
}
