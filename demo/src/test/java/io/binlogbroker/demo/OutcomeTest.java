package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void equalTablesExitWithZero() {
    Outcome outcome = new Outcome(2000, List.of(), true);

    assertThat(outcome.lines()).containsExactly("demo: 2000 changes, 0 differences");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void differencesAreShownAndCounted() {
    Outcome outcome = new Outcome(2000, List.of("one", "two"), true);

    assertThat(outcome.lines()).containsExactly("one", "two", "demo: 2000 changes, 2 differences");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstDifferencesAreShown() {
    Outcome outcome = new Outcome(2000, Collections.nCopies(25, "one"), true);

    assertThat(outcome.lines())
        .hasSize(22)
        .endsWith("... and 5 more", "demo: 2000 changes, 25 differences");
  }

  @Test
  void stoppingAnEndlessRunIsASuccess() {
    Outcome outcome = new Outcome(12, null, false);

    assertThat(outcome.lines()).containsExactly("demo: stopped after 12 changes");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void stoppingBeforeTheComparisonIsAFailure() {
    Outcome outcome = new Outcome(12, null, true);

    assertThat(outcome.lines())
        .containsExactly("demo: stopped after 12 changes, before they could be compared");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }
}
