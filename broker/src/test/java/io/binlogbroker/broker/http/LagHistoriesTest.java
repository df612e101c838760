package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.model.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagHistoriesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final FakeState mall = new FakeState();
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final Counter rows =
      metrics.of("db_mall").counter(Metric.ROWS, "mall", "goods", "insert");
  private final Counter bytes =
      metrics.of("db_mall").counter(Metric.BYTES, "mall", "goods", "insert");
  private final ManualClock clock = new ManualClock();
  private final LagHistories histories =
      new LagHistories(new ServedGroups(List.of(mall)), metrics, clock);

  LagHistoriesTest() {
    mall.master = true;
  }

  @Test
  void ratesAreWhatWasCountedBetweenTwoSamples() {
    rows.add(1_000_000);
    histories.sample();
    rows.add(50);
    metrics.of("db_mall").counter(Metric.ROWS, "mall", "goods", "delete").add(2);
    metrics.of("other").counter(Metric.ROWS, "mall", "goods", "delete").add(7);
    bytes.add(4_000);

    clock.forward(Duration.ofSeconds(5));
    histories.sample();

    JsonNode json = histories.json("db_mall", 0);
    assertThat(json.get("times").toString()).isEqualTo("[" + (START.getEpochSecond() + 5) + "]");
    assertThat(json.get("rows_per_second").toString()).isEqualTo("[10.4]");
    assertThat(json.get("bytes_per_second").toString()).isEqualTo("[800]");
    assertThat(json.get("seconds_behind").toString()).isEqualTo("[0.2]");
    assertThat(json.get("bytes_behind").toString()).isEqualTo("[null]");
    assertThat(GroupJson.summary(mall, histories.of("db_mall")).get("rows_per_second").asDouble())
        .isEqualTo(10.4);
  }

  @Test
  void theLastChangeOfATableIsWhenItsRowsWereSeenToGrow() {
    TableName goods = new TableName("mall", "goods");
    histories.sample();
    assertThat(histories.lastChanges("db_mall").of(goods)).isNull();

    rows.add(3);
    clock.forward(Duration.ofSeconds(5));
    histories.sample();
    clock.forward(Duration.ofSeconds(5));
    histories.sample();
    assertThat(histories.lastChanges("db_mall").of(goods)).isEqualTo(START.plusSeconds(5));

    metrics.of("db_mall").counter(Metric.ROWS, "mall", "goods", "delete").add(1);
    clock.forward(Duration.ofSeconds(5));
    histories.sample();
    assertThat(histories.lastChanges("db_mall").of(goods)).isEqualTo(START.plusSeconds(15));
    assertThat(
            TablesJson.of(mall, metrics.tables("db_mall"), histories.lastChanges("db_mall"))
                .at("/tables/0/last_change")
                .asText())
        .isEqualTo("2026-01-01T00:00:15Z");
    assertThat(histories.lastChanges("other").of(goods)).isNull();
  }

  @Test
  void theLastHourIsKept() {
    for (int i = 0; i < 1_000; i++) {
      histories.sample();
      clock.forward(Duration.ofSeconds(5));
    }

    JsonNode times = histories.json("db_mall", 0).get("times");
    assertThat(times).hasSize(720);
    assertThat(times.get(719).asLong() - times.get(0).asLong()).isEqualTo(719 * 5);
    assertThat(histories.json("db_mall", times.get(717).asLong()).get("times")).hasSize(2);
  }

  @Test
  void aHostThatIsNoLongerMasterShowsNoHistoryAndBeginsAgainLater() {
    sampleTwice();
    mall.master = false;
    histories.sample();

    assertThat(histories.json("db_mall", 0).get("times")).isEmpty();
    assertThat(GroupJson.summary(mall, histories.of("db_mall")).get("rows_per_second").isNull())
        .isTrue();

    mall.master = true;
    rows.add(1_000_000);
    sampleTwice();

    assertThat(histories.json("db_mall", 0).get("rows_per_second").toString()).isEqualTo("[0]");
  }

  @Test
  void aClockThatIsSetBackMakesNoNegativeRate() {
    sampleTwice();
    clock.forward(Duration.ofHours(-1));
    rows.add(100);
    sampleTwice();

    assertThat(histories.json("db_mall", 0).get("rows_per_second").toString()).isEqualTo("[0,0]");
  }

  private void sampleTwice() {
    histories.sample();
    clock.forward(Duration.ofSeconds(5));
    histories.sample();
  }

  private static final class ManualClock extends Clock {
    private Instant now = START;

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
