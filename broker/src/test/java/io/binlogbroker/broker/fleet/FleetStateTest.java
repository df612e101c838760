package io.binlogbroker.broker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fleet.FleetState.Move;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetStateTest {
  private static final BrokerProcess A = new BrokerProcess("a", 1);
  private static final BrokerProcess B = new BrokerProcess("b", 1);
  private static final BrokerProcess C = new BrokerProcess("c", 1);
  private static final int ALL = 1000;

  @Test
  void freeGroupsGoToTheStandbysWithTheFewestMasterships() {
    FleetState state =
        new FleetState(
            Map.of("one", A, "two", A, "three", B),
            Map.of("four", Set.of(A, B), "five", Set.of(A, B), "six", Set.of(A, B)));

    // in the order of their names: five, four, six
    assertThat(state.successor("five")).isEqualTo(B);
    assertThat(state.successor("four")).isEqualTo(A);
    assertThat(state.successor("six")).isEqualTo(B);
  }

  @Test
  void aGroupWithAMasterOrWithoutAStandbyHasNoSuccessor() {
    FleetState state = new FleetState(Map.of("one", A), Map.of("one", Set.of(B)));

    assertThat(state.successor("one")).isNull();
    assertThat(state.successor("two")).isNull();
  }

  @Test
  void aProcessThatHasNoneGetsHalf() {
    FleetState state = allOn(A, 6, B);

    assertThat(state.isUneven()).isTrue();
    assertThat(state.moves(A, names(6), Set.of(), ALL))
        .containsExactly(new Move("g00", B), new Move("g01", B), new Move("g02", B));
    assertThat(state.moves(A, names(6), Set.of(), 2)).hasSize(2);
    assertThat(state.moves(B, names(6), Set.of(), ALL)).isEmpty();
  }

  @Test
  void aDifferenceOfOneRemains() {
    FleetState state =
        new FleetState(
            Map.of("one", A, "two", A, "three", B),
            Map.of("one", Set.of(B), "two", Set.of(B), "three", Set.of(A)));

    assertThat(state.isUneven()).isFalse();
    assertThat(state.moves(A, List.of("one", "two"), Set.of(), ALL)).isEmpty();
  }

  @Test
  void aSingleGroupNeverMoves() {
    assertThat(allOn(A, 1, B).isUneven()).isFalse();
  }

  @Test
  void onlyMovableGroupsOfTheProcessMoveAndOnlyToFitStandbysOfThem() {
    FleetState state = allOn(A, 6, B);

    assertThat(state.moves(A, List.of("g05", "other"), Set.of(), ALL))
        .containsExactly(new Move("g05", B));
    assertThat(state.moves(A, names(6), Set.of(B), ALL)).isEmpty();
    assertThat(new FleetState(state.masters(), Map.of()).moves(A, names(6), Set.of(), ALL))
        .isEmpty();
  }

  /** From any distribution, with any processes serving only some groups, moves come to an end. */
  @Test
  void movesEndEvenly() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Map<String, BrokerProcess> masters = new HashMap<>();
      Map<String, Set<BrokerProcess>> served = new HashMap<>();
      for (String group : names(1 + random.nextInt(30))) {
        List<BrokerProcess> all = new ArrayList<>(List.of(A, B, C));
        Collections.shuffle(all, random);
        List<BrokerProcess> some = all.subList(0, 1 + random.nextInt(3));
        masters.put(group, some.get(0));
        served.put(group, new HashSet<>(some));
      }
      int steps = 0;
      while (state(masters, served).isUneven()) {
        FleetState state = state(masters, served);
        for (BrokerProcess process : List.of(A, B, C)) {
          state
              .moves(process, new TreeSet<>(masters.keySet()), Set.of(), 4)
              .forEach(move -> masters.put(move.group(), move.to()));
        }
        assertThat(++steps).as("seed %d", seed).isLessThan(100);
      }
    }
  }

  private static FleetState state(
      Map<String, BrokerProcess> masters, Map<String, Set<BrokerProcess>> served) {
    Map<String, Set<BrokerProcess>> standbys = new HashMap<>();
    served.forEach(
        (group, processes) -> {
          Set<BrokerProcess> others = new HashSet<>(processes);
          others.remove(masters.get(group));
          standbys.put(group, others);
        });
    return new FleetState(masters, standbys);
  }

  private static FleetState allOn(BrokerProcess master, int groups, BrokerProcess standby) {
    Map<String, BrokerProcess> masters = new HashMap<>();
    Map<String, Set<BrokerProcess>> standbys = new HashMap<>();
    for (String group : names(groups)) {
      masters.put(group, master);
      standbys.put(group, Set.of(standby));
    }
    return new FleetState(masters, standbys);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj("g%02d"::formatted).toList();
  }
}
