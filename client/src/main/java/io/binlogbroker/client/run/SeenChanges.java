package io.binlogbroker.client.run;

import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.ChangeRecord.Half;
import io.binlogbroker.client.RowChange;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes duplicates among the changes of a group in a partition. One thread.
 *
 * <p>After a failure, a broker with at-least-once delivery resumes at an earlier change and sends
 * changes again; otherwise, identities increase. Only a change that was received before is a
 * duplicate. An older change that was not received comes from another source server, whose files
 * are not comparable, or from a rule that was added meanwhile: everything received before it is
 * then forgotten.
 *
 * <p>A row of a snapshot is no change of the log: it has no identity, and is never a duplicate.
 */
final class SeenChanges {
  private final int capacity;
  private final ArrayDeque<Seen> order = new ArrayDeque<>();
  private final Set<Seen> known = new HashSet<>();
  private @Nullable Seen newest;

  /**
   * A received change.
   *
   * @param committedMillis distinguishes a log from one that was reset and has the same file names
   */
  private record Seen(
      ChangeId id, boolean isInsertHalf, @Nullable String gtid, @Nullable Long committedMillis) {
    boolean isAfter(@Nullable Seen other) {
      if (other == null) {
        return true;
      }
      int order = id.compareTo(other.id);
      return order > 0 || (order == 0 && isInsertHalf && !other.isInsertHalf);
    }
  }

  /**
   * Without any changes yet.
   *
   * @param capacity the number of changes that are remembered
   */
  SeenChanges(int capacity) {
    this.capacity = capacity;
  }

  boolean isDuplicate(ChangeRecord record) {
    ChangeId id = record.change().source().id();
    if (id == null || record.change().operation() == RowChange.Operation.READ) {
      return false;
    }
    RowChange.Source source = record.change().source();
    Seen seen =
        new Seen(id, record.half() == Half.ARRIVES, source.gtid(), source.committedMillis());
    if (known.contains(seen)) {
      return true;
    }
    if (!seen.isAfter(newest)) {
      order.clear();
      known.clear();
    }
    remember(seen);
    return false;
  }

  private void remember(Seen seen) {
    newest = seen;
    order.add(seen);
    known.add(seen);
    if (order.size() > capacity) {
      known.remove(Objects.requireNonNull(order.poll()));
    }
  }
}
