package io.binlogbroker.broker.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.alert.AlertConfig;
import io.binlogbroker.broker.http.FakeState;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertStatesTest {
  private final FakeState state = new FakeState();
  private final List<String> alerts = new ArrayList<>();
  private final Conditions conditions =
      new Conditions(
          state, new AlertConfig("http://h/", null, Duration.ofSeconds(10), Duration.ofHours(1)));
  private final AlertStates states =
      new AlertStates(
          new TestClock(), alert -> alerts.add(alert.kind().word() + " " + alert.state()));
  private Instant now = Instant.EPOCH;

  AlertStatesTest() {
    state.master = true;
  }

  @Test
  void nothingIsWrongAtFirst() {
    look(0);

    assertThat(alerts).isEmpty();
  }

  @Test
  void aLagFiresOnceAndIsOverAfterAMinuteWithoutIt() {
    state.secondsBehind = 11;
    look(0);
    look(1);
    state.secondsBehind = 9;
    look(59);
    state.secondsBehind = 11;
    look(1);
    state.secondsBehind = 9;
    look(59);
    assertThat(alerts).containsExactly("lag firing");

    look(1);

    assertThat(alerts).containsExactly("lag firing", "lag resolved");
  }

  @Test
  void aPositionInDangerFires() {
    state.secondsToPurge = 3_599;
    look(0);
    state.secondsToPurge = Double.NaN;
    look(60);

    assertThat(alerts).containsExactly("purge firing", "purge resolved");
  }

  @Test
  void aFailureFiresIfItLasts() {
    state.failure = "Kafka does not answer.";
    look(0);
    look(29);
    assertThat(alerts).isEmpty();

    look(1);
    state.failure = null;
    look(1);

    assertThat(alerts).containsExactly("failure firing", "failure resolved");
  }

  @Test
  void aShortFailureIsNoAlert() {
    state.failure = "Kafka does not answer.";
    look(0);
    state.failure = null;
    look(10);
    state.failure = "Kafka does not answer.";
    look(25);

    assertThat(alerts).isEmpty();
  }

  @Test
  void eachParkedTableFires() {
    state.parked = List.of(parked("a"), parked("b"));
    look(0);
    state.parked = List.of(parked("b"));
    look(1);

    assertThat(alerts).containsExactly("parked firing", "parked firing", "parked resolved");
  }

  @Test
  void anotherRefusalIsAnotherAlert() {
    state.rules = new RulesStatus(1, null, 2, "Sources: missing");
    look(0);
    state.rules = new RulesStatus(1, null, 3, "Sources: missing");
    look(1);
    state.rules = new RulesStatus(4, null, 0, null);
    look(1);

    assertThat(alerts)
        .containsExactly(
            "config_refused firing",
            "config_refused resolved",
            "config_refused firing",
            "config_refused resolved");
  }

  @Test
  void aSlaveReportsWhatIsWrongWithTheGroupNoMore() {
    state.secondsBehind = 11;
    look(0);
    state.master = false;
    states.clear();
    look(1);

    assertThat(alerts).containsExactly("lag firing", "lag resolved");
  }

  private void look(int seconds) {
    now = now.plusSeconds(seconds);
    states.compare(conditions.now());
  }

  private static ParkedTable parked(String table) {
    return new ParkedTable("mall", table, new BinlogPosition("binlog.000001", 4), "why", "e");
  }

  /** Shows what the test has set. */
  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
