package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPolicyTest {
  private static final CommitPolicy POLICY =
      new CommitPolicy(Duration.ofMillis(100), 1_000, 1 << 20, Duration.ofSeconds(30));

  @ParameterizedTest
  @CsvSource({"2000, 200, 2000", "2600, 400, 4000", "86400000, 500, 5000"})
  void commitsAreLessFrequentInABacklog(long lag, long age, long bytes) {
    assertThat(POLICY.isDue(bytes - 1, age - 1, lag, 1)).isFalse();
    assertThat(POLICY.isDue(bytes, age - 1, lag, 1)).isTrue();
    assertThat(POLICY.isDue(bytes - 1, age, lag, 1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "0, 3, 12",
    "1999, 3, 12",
    "-3600000, 24, 96",
    "0, 25, 100",
    "0, 900, 100"
  })
  void freshChangesWaitAtMostAFewCommitDurations(long lag, long commit, long age) {
    assertThat(POLICY.isDue(999, age - 1, lag, commit)).isFalse();
    assertThat(POLICY.isDue(1_000, age - 1, lag, commit)).isTrue();
    assertThat(POLICY.isDue(999, age, lag, commit)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"100, 500", "5000, 15000", "20000, 20000", "60000, 30000"})
  void noCommitWaitsLongerThanTheTransactionTimeout(long interval, long due) {
    CommitPolicy policy =
        new CommitPolicy(Duration.ofMillis(interval), 1_000, 1 << 20, Duration.ofSeconds(30));

    assertThat(policy.isDue(0, due - 1, 86_400_000, 1)).isFalse();
    assertThat(policy.isDue(0, due, 86_400_000, 1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1000, 5000", "4000, 10000", "20000, 20000"})
  void aCommitInABacklogLeavesRoomForTheNextTransaction(long size, long due) {
    CommitPolicy policy = new CommitPolicy(Duration.ofHours(1), size, 20_000, Duration.ofHours(2));

    assertThat(policy.isDue(due - 1, 0, 86_400_000, 1)).isFalse();
    assertThat(policy.isDue(due, 0, 86_400_000, 1)).isTrue();
  }

  @Test
  void anIntervalBelowAMillisecondIsOne() {
    CommitPolicy policy =
        new CommitPolicy(Duration.ofNanos(1), 1_000, 1 << 20, Duration.ofSeconds(30));

    assertThat(policy.isDue(1, 0, 0, 9)).isFalse();
    assertThat(policy.isDue(1, 1, 0, 9)).isTrue();
  }
}
