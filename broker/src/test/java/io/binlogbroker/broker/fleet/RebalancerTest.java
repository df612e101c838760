package io.binlogbroker.broker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RebalancerTest {
  private static final BrokerProcess SELF = new BrokerProcess("a", 1);
  private static final BrokerProcess OTHER = new BrokerProcess("b", 1);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, FakeMember> members = new TreeMap<>();
  private final List<String> resigned = new ArrayList<>();
  private Instant now = START;
  private boolean otherStandsBy = true;
  private boolean otherTakesOver = true;
  private boolean etcdFails;
  private final Rebalancer rebalancer = new Rebalancer(SELF, this::state, () -> now);

  @Test
  void nothingMovesAtFirst() {
    serve(6);

    step(2);

    assertThat(resigned).isEmpty();
  }

  @Test
  void theLongestServedMoveUntilTheDistributionIsEven() {
    serve(6);
    members.get("g5").works = START.minus(Duration.ofHours(2));

    step(10);

    assertThat(resigned).containsExactly("g5", "g0", "g1");
  }

  @Test
  void fourMoveAtATime() {
    serve(20);

    step(3);
    assertThat(resigned).hasSize(4);
    step(1);
    assertThat(resigned).hasSize(8);
    step(10);
    assertThat(resigned).hasSize(10);
  }

  @Test
  void aShortUnevennessMovesNothing() {
    serve(6);

    step(2);
    otherStandsBy = false;
    step(1);
    otherStandsBy = true;
    step(2);

    assertThat(resigned).isEmpty();
  }

  @Test
  void groupsThatDoNotWorkOrHaveJustBegunStay() {
    serve(4);
    members.get("g0").works = null;
    members.get("g1").works = START.plus(Duration.ofHours(1));

    step(10);

    assertThat(resigned).containsExactly("g2", "g3");
  }

  @Test
  void aProcessThatDoesNotKeepAGroupGetsNoMoreForSomeTime() {
    serve(6);
    step(3);
    assertThat(resigned).hasSize(3);
    step(1);

    members.values().forEach(member -> member.master = SELF);
    step(20);
    assertThat(resigned).hasSize(3);

    step(60);
    assertThat(resigned).hasSizeGreaterThan(3);
  }

  @Test
  void aMoveThatAnotherTookIsNoFault() {
    serve(6);
    otherTakesOver = false;
    step(3);
    assertThat(resigned).hasSize(3);

    otherTakesOver = true;
    step(3);

    assertThat(resigned).hasSize(6);
  }

  @Test
  void anUnreachableEtcdMovesNothingAndEndsNothing() {
    serve(6);
    step(2);
    etcdFails = true;
    step(3);
    assertThat(resigned).isEmpty();

    etcdFails = false;
    step(1);
    assertThat(resigned).hasSize(3);
  }

  private void serve(int count) {
    for (int i = 0; i < count; i++) {
      members.put("g" + i, new FakeMember("g" + i));
    }
  }

  private void step(int times) {
    for (int i = 0; i < times; i++) {
      now = now.plus(PERIOD);
      rebalancer.step(List.copyOf(members.values()));
    }
  }

  private FleetState state() {
    if (etcdFails) {
      throw DeliveryException.retriable(FailureKind.UNREACHABLE, "no etcd", null);
    }
    Map<String, BrokerProcess> masters = new HashMap<>();
    Map<String, Set<BrokerProcess>> standbys = new HashMap<>();
    members
        .values()
        .forEach(
            member -> {
              masters.put(member.group, member.master);
              Set<BrokerProcess> waiting = new HashSet<>(Set.of(SELF, OTHER));
              waiting.remove(member.master);
              standbys.put(member.group, otherStandsBy ? waiting : Set.of());
            });
    return new FleetState(masters, standbys);
  }

  private final class FakeMember implements Rebalancer.Member {
    private final String group;
    private BrokerProcess master = SELF;
    private @Nullable Instant works = START.minus(Duration.ofHours(1));

    FakeMember(String group) {
      this.group = group;
    }

    @Override
    public String group() {
      return group;
    }

    @Override
    public @Nullable Instant worksSince() {
      return master.equals(SELF) ? works : null;
    }

    @Override
    public void resign(String reason) {
      resigned.add(group);
      if (otherTakesOver) {
        master = OTHER;
      }
    }
  }
}
