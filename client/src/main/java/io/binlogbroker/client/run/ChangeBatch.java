package io.binlogbroker.client.run;

import io.binlogbroker.client.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Changes for one call of a handler, and the tasks they are of. One thread. */
final class ChangeBatch {
  private final Handler<?> handler;
  private final List<Change<?>> changes = new ArrayList<>();
  private final Set<Task> tasks = new LinkedHashSet<>();
  private final List<Task> finished = new ArrayList<>();

  ChangeBatch(Handler<?> handler) {
    this.handler = handler;
  }

  /** A change of a task, of which the last one finishes it. */
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

  /** All that have a change in it. */
  List<Task> tasks() {
    return List.copyOf(tasks);
  }

  /** Those that are done with it. */
  List<Task> finished() {
    return finished;
  }
}
