package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseDeadlineTest {
  private long now = 1_000;
  private final LeaseDeadline deadline = new LeaseDeadline(() -> now, 2_000);

  @Test
  void isPendingUntilTheDeadline() {
    now = 1_999;
    assertThat(deadline.isPending()).isTrue();

    now = 2_000;
    assertThat(deadline.isPending()).isFalse();
  }

  @Test
  void canBeExtended() {
    deadline.extendTo(3_000);

    now = 2_500;
    assertThat(deadline.isPending()).isTrue();
    assertThat(deadline.remainingNanos()).isEqualTo(500);
  }

  @Test
  void anOlderAnswerDoesNotShortenIt() {
    deadline.extendTo(3_000);
    deadline.extendTo(2_500);

    now = 2_900;
    assertThat(deadline.isPending()).isTrue();
  }

  @Test
  void cannotBeExtendedOnceItHasPassed() {
    now = 2_100;
    deadline.extendTo(3_000);

    assertThat(deadline.isPending()).isFalse();
  }

  @Test
  void canBeEnded() {
    deadline.end();
    deadline.extendTo(3_000);

    assertThat(deadline.isPending()).isFalse();
  }
}
