package io.binlogbroker.broker.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which process is master of which group, and which processes stand by for it. All processes derive
 * the same decisions from the same state. Immutable.
 *
 * @param masters by group
 * @param standbys by group; a process that is master of a group is no standby of it
 */
public record FleetState(
    Map<String, BrokerProcess> masters, Map<String, Set<BrokerProcess>> standbys) {
  /** The difference that remains: moving a group would only exchange the two processes. */
  private static final int EVEN = 1;

  public FleetState {
    masters = Map.copyOf(masters);
    standbys = Map.copyOf(standbys);
  }

  /** A mastership that should be passed on. */
  public record Move(String group, BrokerProcess to) {}

  /** How many groups each known process is master of. */
  private Map<BrokerProcess, Integer> loads() {
    Map<BrokerProcess, Integer> loads = new HashMap<>();
    standbys.values().stream().flatMap(Set::stream).forEach(process -> loads.put(process, 0));
    masters.values().forEach(process -> loads.merge(process, 1, Integer::sum));
    return loads;
  }

  /**
   * The process that should become master of a group without one: the groups without a master are
   * assigned, in the order of their names, to the standby with the fewest masterships.
   *
   * @return null where the group has a master, or no standby is known
   */
  public @Nullable BrokerProcess successor(String group) {
    Map<BrokerProcess, Integer> loads = loads();
    for (String free : new TreeSet<>(standbys.keySet())) {
      Set<BrokerProcess> waiting = standbys.getOrDefault(free, Set.of());
      BrokerProcess next = masters.containsKey(free) ? null : least(waiting, loads);
      if (free.equals(group)) {
        return next;
      }
      if (next != null) {
        loads.merge(next, 1, Integer::sum);
      }
    }
    return null;
  }

  /** Whether a process has two masterships more than a standby of one of its groups. */
  public boolean isUneven() {
    Map<BrokerProcess, Integer> loads = loads();
    return masters.entrySet().stream()
        .anyMatch(held -> target(held.getKey(), loads, held.getValue(), Set.of()) != null);
  }

  /**
   * The masterships that a process should pass on now. Only the process with the most of them moves
   * any, so that several do not move theirs to the same process at once.
   *
   * @param movable its groups that may be moved, in the order in which they should be
   * @param unfit to which nothing is moved
   * @param most so many at a time
   */
  public List<Move> moves(
      BrokerProcess self, Collection<String> movable, Set<BrokerProcess> unfit, int most) {
    Map<BrokerProcess, Integer> loads = loads();
    if (!self.equals(busiest(loads, unfit))) {
      return List.of();
    }
    List<Move> moves = new ArrayList<>();
    for (String group : movable) {
      BrokerProcess to = self.equals(masters.get(group)) ? target(group, loads, self, unfit) : null;
      if (to != null && moves.size() < most) {
        moves.add(new Move(group, to));
        loads.merge(to, 1, Integer::sum);
        loads.merge(self, -1, Integer::sum);
      }
    }
    return moves;
  }

  /** The one with the most masterships among those that can pass one on. */
  private @Nullable BrokerProcess busiest(
      Map<BrokerProcess, Integer> loads, Set<BrokerProcess> unfit) {
    return masters.entrySet().stream()
        .filter(held -> target(held.getKey(), loads, held.getValue(), unfit) != null)
        .map(Map.Entry::getValue)
        .min(fewest(loads).reversed())
        .orElse(null);
  }

  /** The standby of a group that has at least two masterships fewer than its master. */
  private @Nullable BrokerProcess target(
      String group,
      Map<BrokerProcess, Integer> loads,
      BrokerProcess master,
      Set<BrokerProcess> unfit) {
    Set<BrokerProcess> candidates = new TreeSet<>(standbys.getOrDefault(group, Set.of()));
    candidates.removeAll(unfit);
    BrokerProcess least = least(candidates, loads);
    return least != null && load(master, loads) - load(least, loads) > EVEN ? least : null;
  }

  private static @Nullable BrokerProcess least(
      Set<BrokerProcess> candidates, Map<BrokerProcess, Integer> loads) {
    return candidates.stream().min(fewest(loads)).orElse(null);
  }

  private static Comparator<BrokerProcess> fewest(Map<BrokerProcess, Integer> loads) {
    return Comparator.comparingInt((BrokerProcess process) -> load(process, loads))
        .thenComparing(Comparator.naturalOrder());
  }

  private static int load(BrokerProcess process, Map<BrokerProcess, Integer> loads) {
    return loads.getOrDefault(process, 0);
  }
}
