package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTest {
  private final FakeState state = new FakeState();

  @Test
  void aSlaveThatWatchesTheMasterIsReady() {
    assertThat(Health.of(state)).isEmpty();
  }

  @Test
  void aBrokerThatIsNeitherMasterNorWatchesOneIsNotReady() {
    state.standsBy = false;

    assertThat(problem()).contains("neither master nor watches");
  }

  @Test
  void aMasterThatReadsAndCommitsIsReady() {
    state.master = true;
    state.secondsSinceEvent = 14.9;
    state.secondsUncommitted = 59;

    assertThat(Health.of(state)).isEmpty();
  }

  @Test
  void aMasterWithoutEventsForThreeHeartbeatsIsNotReady() {
    state.master = true;
    state.secondsSinceEvent = 15.1;

    assertThat(problem()).contains("for 15.1 s, expected one every 5.0 s");
  }

  @Test
  void aMasterThatHasReadNothingYetIsNotReady() {
    state.master = true;
    state.secondsSinceEvent = Double.NaN;

    assertThat(problem()).contains("has not sent an event yet");
  }

  @Test
  void aMasterThatReadsWithoutCommittingIsNotReady() {
    state.master = true;
    state.secondsUncommitted = 61;

    assertThat(problem()).contains("What was read 61.0 s ago is not committed", "Kafka");
  }

  @Test
  void aFailureThatIsRetriedIsTheReason() {
    state.master = true;
    state.failure = "Kafka does not answer.";

    assertThat(problem()).contains("Kafka does not answer.");
  }

  @Test
  void aGroupThatHasEndedIsNotReady() {
    state.ended = "The position is lost.";

    assertThat(problem()).contains("The group has ended: The position is lost.", "restart");
  }

  private String problem() {
    return Health.of(state).orElseThrow().toString();
  }
}
