package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.fleet.Standby;
import io.binlogbroker.broker.ha.Candidate;
import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.ElectionContract;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.Mastership;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(300)
class EtcdElectionIT extends ElectionContract {
  private static final long LIMIT_SECONDS = 30;
  private static final BrokerProcess A = new BrokerProcess("a", 1);
  private static final BrokerProcess B = new BrokerProcess("b", 1);
  private static final BrokerProcess C = new BrokerProcess("c", 1);

  private final LiveEtcd etcd;

  EtcdElectionIT(LiveEtcd etcd) {
    this.etcd = etcd;
  }

  @Override
  protected Election election() {
    return etcd.election();
  }

  @Test
  void aBrokerThatWaitsIsAStandbyUntilItWinsOrStops() throws Exception {
    Election first = etcd.election(A);
    try (Candidate winner = new Candidate(first);
        Candidate loser = new Candidate(etcd.election(B));
        Candidate third = new Candidate(etcd.election(C))) {
      // one of them wins, the two others wait
      await(() -> first.standbys().size() == 2);
      Master master = first.master();
      assertThat(master).isNotNull();
      assertThat(first.standbys())
          .extracting(Standby::process)
          .doesNotContain(master.process())
          .doesNotHaveDuplicates();
      Map<BrokerProcess, Candidate> candidates = Map.of(A, winner, B, loser, C, third);
      BrokerProcess next = first.standbys().get(0).process();
      assertMembers(master, first.standbys());

      candidates.get(next).stop();
      await(() -> first.standbys().size() == 1);

      candidates.get(master.process()).won().close();
      await(() -> first.standbys().isEmpty() && first.master() != null);
    }
  }

  private void assertMembers(Master master, List<Standby> standbys) {
    GroupMembers found = new EtcdMembers(etcd.connection(), LiveEtcd.KEYS).find();

    assertThat(found.master()).isEqualTo(master);
    assertThat(found.standbys()).isEqualTo(standbys);
    assertThat(found.lease()).isNotNull();
    assertThat(found.lease().granted()).isGreaterThanOrEqualTo(LiveEtcd.TTL.toSeconds());
    assertThat(found.lease().remaining()).isBetween(0L, found.lease().granted());
  }

  @Test
  void aGroupThatNobodyServesHasNoMembers() {
    assertThat(new EtcdMembers(etcd.connection(), LiveEtcd.KEYS).find())
        .isEqualTo(GroupMembers.UNKNOWN);
  }

  @Test
  void aFreeGroupGoesToTheStandbyWithTheFewestMasterships() throws Exception {
    EtcdKeys other = new EtcdKeys("db_other");
    try (Candidate busy = new Candidate(etcd.election(A, other))) {
      busy.won();
      try (Candidate master = new Candidate(etcd.election(C))) {
        Mastership held = master.won();
        try (Candidate a = new Candidate(etcd.election(A));
            Candidate b = new Candidate(etcd.election(B))) {
          Election view = etcd.election();
          await(() -> view.standbys().size() == 2);

          held.close();

          b.won();
          assertThat(a.hasWon()).isFalse();
        }
      }
    }
  }

  @Test
  void aFreeGroupDoesNotWaitLongForAStandbyThatIsGone() throws Exception {
    try (Candidate master = new Candidate(etcd.election(C))) {
      Mastership held = master.won();
      try (Candidate b = new Candidate(etcd.election(B))) {
        b.awaitWaiting();
        new EtcdStandby(etcd.connection(), LiveEtcd.KEYS, A, Clock.systemUTC())
            .announce(RequestTimeout.of(LiveEtcd.TTL));

        held.close();

        assertThat(b.won().isHeld()).isTrue();
      }
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline)
          .as("a condition in %d s", LIMIT_SECONDS)
          .isNegative();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
