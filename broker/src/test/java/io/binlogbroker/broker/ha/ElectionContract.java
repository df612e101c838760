package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Positions;
import io.binlogbroker.engine.relay.RulesStatus;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of every {@link Election}. */
@Timeout(120)
public abstract class ElectionContract {
  private Election first;
  private Election second;

  /** An election of the test's only group, among the others created by this test. */
  protected abstract Election election();

  @AfterEach
  void close() {
    first().close();
    second().close();
  }

  @Test
  void aSingleCandidateWinsAndIsNotNotified() throws Exception {
    try (Candidate lone = new Candidate(first())) {
      assertThat(lone.won().isHeld()).isTrue();
      assertThat(lone.notifications()).isZero();
    }
  }

  @Test
  void theSecondWaitsAndWinsWhenTheFirstResigns() throws Exception {
    try (Candidate winner = new Candidate(first())) {
      Mastership held = winner.won();
      try (Candidate loser = new Candidate(second())) {
        loser.awaitWaiting();
        assertThat(loser.hasWon()).isFalse();

        held.close();

        assertThat(held.isHeld()).isFalse();
        assertThat(loser.won().isHeld()).isTrue();
        assertThat(loser.notifications()).isEqualTo(1);
      }
    }
  }

  @Test
  void aStopEndsTheWaitAndNobodyElsesMastership() throws Exception {
    try (Candidate winner = new Candidate(first())) {
      Mastership held = winner.won();
      try (Candidate loser = new Candidate(second())) {
        loser.awaitWaiting();

        loser.stop();

        assertThat(loser.won()).isNull();
        assertThat(held.isHeld()).isTrue();
      }
    }
  }

  @Test
  void aStopBeforehandWinsNothing() {
    StopSignal stop = new StopSignal();
    stop.raise();

    assertThat(first().campaign(stop, () -> {})).isNull();
    assertThat(second().master()).isNull();
  }

  @Test
  void aResignedMasterCanWinAgain() throws Exception {
    try (Candidate once = new Candidate(first())) {
      once.won().close();
    }

    try (Candidate again = new Candidate(first())) {
      assertThat(again.won().isHeld()).isTrue();
    }
  }

  @Test
  void everyBrokerSeesTheMaster() throws Exception {
    assertThat(second().master()).isNull();

    try (Candidate winner = new Candidate(first())) {
      winner.won();

      assertThat(second().master().pid()).isEqualTo(ProcessHandle.current().pid());
    }

    assertThat(second().master()).isNull();
  }

  @Test
  void everyBrokerSeesWhatTheMasterPublishes() throws Exception {
    RulesStatus rules =
        new RulesStatus(7, new BinlogPosition("binlog.000002", 120), 8, "no such table");
    try (Candidate winner = new Candidate(first())) {
      Mastership held = winner.won();

      held.publish(rules);

      awaitPublished(rules);
    }
  }

  @Test
  void aMasterSavesWhatTheNextOneLoads() throws Exception {
    try (Candidate winner = new Candidate(first())) {
      Mastership held = winner.won();
      held.positions().load();
      held.positions().save(Positions.at(100));
      held.close();
    }

    try (Candidate next = new Candidate(second())) {
      assertThat(next.won().positions().load()).isEqualTo(Positions.at(100));
    }
  }

  @Test
  void aResignationIsNoLoss() throws Exception {
    try (Candidate winner = new Candidate(first())) {
      Mastership held = winner.won();
      held.onLoss(() -> Thread.currentThread().interrupt());

      held.close();

      assertThat(Thread.interrupted()).isFalse();
    }
  }

  /** Waits for the published status, which may be delayed. */
  private void awaitPublished(RulesStatus rules) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() - deadline < 0 && !rules.equals(second().master().rules())) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(second().master().rules()).isEqualTo(rules);
  }

  private Election first() {
    if (first == null) {
      first = election();
    }
    return first;
  }

  private Election second() {
    if (second == null) {
      second = election();
    }
    return second;
  }
}
