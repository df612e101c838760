package io.binlogbroker.broker.fleet;

import io.binlogbroker.broker.fleet.FleetState.Move;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads the masterships of groups over the processes that serve them: where this one has more
 * than its share, it resigns some that a standby takes over. One thread.
 *
 * <p>Each move interrupts a group for a moment. So nothing is moved before the distribution has
 * been uneven for some time, only groups that work are moved, a few at a time, those first that
 * have been here longest, and none to a process that did not keep an earlier one.
 */
public final class Rebalancer {
  private static final Logger log = LoggerFactory.getLogger(Rebalancer.class);

  /** So many looks in a row at an uneven distribution before the first move. */
  private static final int PATIENCE = 3;

  private static final int MOST_MOVES = 4;

  /** How long a group is not moved after this process has become its master. */
  private static final Duration SETTLED = Duration.ofSeconds(20);

  /** How long a standby must keep what it has taken over, to get more. */
  private static final Duration KEPT = Duration.ofMinutes(2);

  private static final Duration UNFIT = Duration.ofMinutes(5);

  private final BrokerProcess self;
  private final Fleet fleet;
  private final InstantSource clock;
  private final Map<String, Passed> passed = new HashMap<>();
  private final Map<BrokerProcess, Instant> unfitUntil = new HashMap<>();
  private int uneven;
  private boolean failing;

  /** A group of this process. */
  public interface Member {
    String group();

    /** Since when this process is master of the group, and it works; null where it is not so. */
    @Nullable Instant worksSince();

    /** Passes the mastership on. */
    void resign(String reason);
  }

  private record Passed(BrokerProcess to, Instant at, boolean taken) {}

  public Rebalancer(BrokerProcess self, Fleet fleet, InstantSource clock) {
    this.self = self;
    this.fleet = fleet;
    this.clock = clock;
  }

  /**
   * Looks at the distribution, and moves what should be moved now.
   *
   * @param members the groups of this process that use the fleet's etcd
   */
  public void step(List<Member> members) {
    FleetState state;
    try {
      state = fleet.state();
      failing = false;
    } catch (DeliveryException e) {
      if (!failing) {
        log.warn("Masterships are not spread, since the brokers are not known: {}", e.getMessage());
      }
      failing = true;
      return;
    }
    Instant now = clock.instant();
    review(state, now);
    uneven = state.isUneven() ? uneven + 1 : 0;
    if (uneven >= PATIENCE) {
      move(state, members, now);
    }
  }

  /** A process that does not keep what was passed to it gets no more for some time. */
  private void review(FleetState state, Instant now) {
    passed.values().removeIf(move -> move.at.plus(KEPT).isBefore(now));
    for (Map.Entry<String, Passed> entry : passed.entrySet()) {
      Passed move = entry.getValue();
      boolean has = move.to.equals(state.masters().get(entry.getKey()));
      if (move.taken && !has && unfitUntil.put(move.to, now.plus(UNFIT)) == null) {
        log.info("{} has not kept {}: it gets no more for now", move.to, entry.getKey());
      }
      entry.setValue(new Passed(move.to, move.at, has));
    }
    unfitUntil.values().removeIf(end -> end.isBefore(now));
  }

  private void move(FleetState state, List<Member> members, Instant now) {
    Set<BrokerProcess> unfit = new HashSet<>(unfitUntil.keySet());
    for (Move move : state.moves(self, movable(members, now), unfit, MOST_MOVES)) {
      log.info("Passing the mastership of {} on to {}", move.group(), move.to());
      members.stream()
          .filter(member -> member.group().equals(move.group()))
          .forEach(member -> member.resign("the rebalancer: " + move.to() + " has fewer groups"));
      passed.put(move.group(), new Passed(move.to(), now, false));
    }
  }

  private static List<String> movable(List<Member> members, Instant now) {
    Map<String, Instant> since = new HashMap<>();
    for (Member member : members) {
      Instant works = member.worksSince();
      if (works != null && works.plus(SETTLED).isBefore(now)) {
        since.put(member.group(), works);
      }
    }
    return since.entrySet().stream()
        .sorted(
            Map.Entry.<String, Instant>comparingByValue()
                .thenComparing(Comparator.comparing(Map.Entry::getKey)))
        .map(Map.Entry::getKey)
        .toList();
  }
}
