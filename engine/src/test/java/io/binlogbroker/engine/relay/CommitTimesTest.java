package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.model.Positions.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.metrics.Metric;
import org.junit.jupiter.api.Test;

class CommitTimesTest {
  private final MeasuredMetrics measured = new MeasuredMetrics();
  private long now = -1_000;
  private final CommitTimes times = new CommitTimes(measured, () -> now);

  @Test
  void theDelayBeginsWithTheReceiptOfTheOldestRow() {
    times.received();
    now += 30;
    times.begins(at(200));
    now += 5;
    times.durable(at(200));

    assertThat(measured.times(Metric.DELIVERY_DELAY)).containsExactly(35L);
    assertThat(measured.times(Metric.COMMIT_TIME)).containsExactly(5L);
  }

  @Test
  void aPositionWithoutRowsHasNoDelay() {
    times.begins(at(200));
    now += 5;
    times.durable(at(200));

    assertThat(measured.times(Metric.DELIVERY_DELAY)).isEmpty();
    assertThat(measured.times(Metric.COMMIT_TIME)).containsExactly(5L);
  }

  @Test
  void aDurablePositionEndsTheCommitsBeforeItButNotThoseAfter() {
    times.begins(at(200));
    now += 1;
    times.begins(at(300));
    now += 1;
    times.begins(at(400));
    now += 1;
    times.durable(at(300));
    assertThat(measured.times(Metric.COMMIT_TIME)).containsExactly(3L, 2L);

    times.durable(at(300));
    times.durable(at(400));

    assertThat(measured.times(Metric.COMMIT_TIME)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void aCommitOfAnEarlierRelayIsNotMeasured() {
    times.received();
    times.begins(at(200));
    times.reset();

    times.durable(at(200));

    assertThat(measured.times(Metric.COMMIT_TIME)).isEmpty();
  }

  @Test
  void commitsThatNeverEndUseBoundedMemory() {
    for (int i = 1; i <= 5_000; i++) {
      times.begins(at(i));
    }

    times.durable(at(5_000));
    times.durable(at(1_024));

    assertThat(measured.times(Metric.COMMIT_TIME)).hasSize(1_024);
  }
}
