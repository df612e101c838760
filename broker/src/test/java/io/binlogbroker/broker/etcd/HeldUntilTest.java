package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldUntilTest {
  private long now = 1_000;
  private final HeldUntil held = new HeldUntil(() -> now, 2_000);

  @Test
  void isAheadUntilItsMoment() {
    now = 1_999;
    assertThat(held.isAhead()).isTrue();

    now = 2_000;
    assertThat(held.isAhead()).isFalse();
  }

  @Test
  void canBePutOff() {
    held.extendTo(3_000);

    now = 2_500;
    assertThat(held.isAhead()).isTrue();
    assertThat(held.remainingNanos()).isEqualTo(500);
  }

  @Test
  void anOlderAnswerDoesNotBringItForward() {
    held.extendTo(3_000);
    held.extendTo(2_500);

    now = 2_900;
    assertThat(held.isAhead()).isTrue();
  }

  @Test
  void onceItHasPassedItCannotBePutOff() {
    now = 2_100;
    held.extendTo(3_000);

    assertThat(held.isAhead()).isFalse();
  }

  @Test
  void itCanBeEndedForGood() {
    held.end();
    held.extendTo(3_000);

    assertThat(held.isAhead()).isFalse();
  }
}
