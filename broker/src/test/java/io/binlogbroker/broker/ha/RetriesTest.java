package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final List<Long> pauses = new ArrayList<>();
  private long seconds;
  private final Retries retries =
      new Retries(
          Duration.ofHours(1),
          pause -> pauses.add(pause.toMillis()),
          () -> Duration.ofSeconds(seconds).toNanos());

  @Test
  void pausesDoubleUpToHalfAMinute() {
    fail(8);

    assertThat(pauses)
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L, 10_000L);
  }

  @Test
  void pausesAreShortAgainAfterSteadyWork() {
    fail(3);
    retries.working();
    seconds += 60;

    fail(2);

    assertThat(pauses).endsWith(500L, 1_000L);
  }

  @Test
  void pausesKeepGrowingAfterShortWork() {
    fail(3);
    retries.working();
    seconds += 5;

    fail(1);

    assertThat(pauses).endsWith(4_000L);
  }

  @Test
  void pausesAreShortAgainAfterProgress() {
    fail(3);
    retries.working();
    retries.progressed();

    fail(2);

    assertThat(pauses).endsWith(500L, 1_000L);
  }

  @Test
  void failuresWithProgressBetweenThemAreNotOneOutage() {
    for (int i = 0; i < 10; i++) {
      retries.working();
      retries.progressed();
      fail(1);
      seconds += 5;

      assertThat(retries.isFutile()).isFalse();
    }
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      retries.after(DeliveryException.retriable(FailureKind.UNREACHABLE, "Nobody answers", null));
    }
  }
}
