package io.binlogbroker.client.run;

import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.ChangeRecord.Half;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which changes of a group a partition has brought before. One thread.
 *
 * <p>A broker that delivers at least once goes back after a failure, and sends again from a change
 * that it had sent already. Identities grow otherwise. Going back to a change that is not known
 * means another source server, whose files do not compare with the former's: nothing is taken for a
 * repeat then.
 */
final class SeenChanges {
  private final int capacity;
  private final ArrayDeque<Seen> order = new ArrayDeque<>();
  private final Set<Seen> known = new HashSet<>();
  private @Nullable Seen newest;
  private @Nullable Seen lastRepeat;

  private record Seen(ChangeId id, boolean isArrival, @Nullable String gtid) {
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
    Seen seen = new Seen(id, record.half() == Half.ARRIVES, record.change().source().gtid());
    if (seen.isAfter(newest)) {
      remember(seen);
      return false;
    }
    boolean goesOn = lastRepeat != null && seen.isAfter(lastRepeat);
    if (goesOn || known.contains(seen)) {
      lastRepeat = seen;
      return true;
    }
    order.clear();
    known.clear();
    remember(seen);
    return false;
  }

  private void remember(Seen seen) {
    newest = seen;
    lastRepeat = null;
    order.add(seen);
    known.add(seen);
    if (order.size() > capacity) {
      known.remove(Objects.requireNonNull(order.poll()));
    }
  }
}
