package io.binlogbroker.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerPauseTest {
  private static final long MILLISECOND = 1_000_000;

  private final List<Long> slept = new ArrayList<>();
  private long now = Long.MAX_VALUE - 10;
  private final MarkerPause pause = new MarkerPause(() -> now, slept::add);

  /** The zero of nanoTime is anywhere. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
  void theFirstTransactionBeginsAtOnce(long start) {
    now = start;
    pause.await();

    assertThat(slept).isEmpty();
  }

  @Test
  void theNextTransactionWaitsHalfAsLongAgainAsTheCommitTook() {
    pause.after(() -> now += 2 * MILLISECOND);
    pause.await();

    assertThat(slept).containsExactly(3 * MILLISECOND);
  }

  @Test
  void whatHasPassedSinceIsNotWaitedForAgain() {
    pause.after(() -> now += 2 * MILLISECOND);
    now += MILLISECOND / 2;
    pause.await();

    assertThat(slept).containsExactly(5 * MILLISECOND / 2);
  }

  @Test
  void aTransactionThatComesLaterDoesNotWait() {
    pause.after(() -> now += 2 * MILLISECOND);
    now += 3 * MILLISECOND;
    pause.await();

    assertThat(slept).isEmpty();
  }

  @Test
  void aLongCommitIsFollowedByFiveMillisecondsAtMost() {
    pause.after(() -> now += 700 * MILLISECOND);
    pause.await();

    assertThat(slept).containsExactly(5 * MILLISECOND);
  }
}
