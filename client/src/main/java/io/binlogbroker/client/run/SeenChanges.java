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
 * Tells which changes of a group a partition has brought before. One thread.
 *
 * <p>A broker that delivers at least once goes back after a failure, and sends again from a change
 * that it had sent already. Identities grow otherwise. Only what is known for certain to have come
 * is a repeat. An older change that never came means another source server, whose files do not
 * compare with the former's, or a rule that was added meanwhile: nothing that came before it is
 * taken for known then.
 */
final class SeenChanges {
  private final int capacity;
  private final ArrayDeque<Seen> order = new ArrayDeque<>();
  private final Set<Seen> known = new HashSet<>();
  private @Nullable Seen newest;

  /**
   * A change.
   *
   * @param committedMillis tells a log from one that was begun anew under the same names
   */
  private record Seen(
      ChangeId id, boolean isArrival, @Nullable String gtid, @Nullable Long committedMillis) {
    boolean isAfter(@Nullable Seen other) {
      if (other == null) {
        return true;
      }
      int order = id.compareTo(other.id);
      return order > 0 || (order == 0 && isArrival && !other.isArrival);
    }
  }

  /**
   * @param capacity how many changes are remembered: how far back a broker's return is recognised
   */
  SeenChanges(int capacity) {
    this.capacity = capacity;
  }

  boolean isRepeat(ChangeRecord record) {
    ChangeId id = record.change().source().id();
    if (id == null) {
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
