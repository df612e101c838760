package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadLimitsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final FakeClock clock = new FakeClock();
  private long lagMillis;
  private final ReadLimits limits =
      new ReadLimits(
          new SnapshotOptions(1, 1, 1, 1, Duration.ZERO, 1_000, Duration.ofSeconds(5), 40),
          clock,
          () -> lagMillis);

  @Test
  void theRateIsKeptOnAverage() {
    assertThat(limits.allow()).isTrue();
    limits.read(3_000);

    clock.advance(2 * SECOND);
    assertThat(limits.allow()).isFalse();
    assertThat(limits.reason()).isEqualTo("SnapshotRate");

    clock.advance(SECOND);
    assertThat(limits.allow()).isTrue();
    assertThat(limits.reason()).isNull();
  }

  @Test
  void nothingIsReadWhileTheStreamIsBehind() {
    lagMillis = 5_001;
    assertThat(limits.allow()).isFalse();
    assertThat(limits.reason()).isEqualTo("the stream is 5 s behind, more than SnapshotMaxLag");

    lagMillis = 5_000;
    assertThat(limits.allow()).isTrue();
  }

  @Test
  void nothingIsReadForASecondWhereTheServerIsBusy() {
    limits.serverIsBusy(41);
    assertThat(limits.allow()).isFalse();
    assertThat(limits.reason()).contains("Threads_running is 41");

    clock.advance(SECOND);
    assertThat(limits.allow()).isTrue();
  }
}
