package io.binlogbroker.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private final ThreadFailures failures = new ThreadFailures();

  @Test
  void thereIsNoFailureAtFirst() {
    assertThat(failures.count()).isZero();
    assertThat(failures.last()).isNull();
  }

  @Test
  void aStepThatFailsIsCountedAndNamedWithoutItsMessage() {
    for (int i = 0; i < 3; i++) {
      failures.survive(
          () -> {
            throw new NumberFormatException("of a s3cret");
          });
    }
    failures.survive(() -> {});

    assertThat(failures.count()).isEqualTo(3);
    assertThat(failures.last())
        .isEqualTo(Thread.currentThread().getName() + ": java.lang.NumberFormatException");
  }

  @Test
  void anErrorEndsTheThread() {
    assertThatThrownBy(
            () ->
                failures.survive(
                    () -> {
                      throw new AssertionError("impossible");
                    }))
        .isInstanceOf(AssertionError.class);
  }
}
