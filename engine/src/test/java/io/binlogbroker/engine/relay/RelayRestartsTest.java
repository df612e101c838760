package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.NOW;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How restarts of a relay, and its commits, are counted. */
class RelayRestartsTest {
  private static final DeliveryException LOST =
      DeliveryException.retriable(FailureKind.UNREACHABLE, "The connection was lost", null);

  private final MeasuredMetrics measured = new MeasuredMetrics();
  private final Relays relays = new Relays();

  @BeforeEach
  void measure() {
    relays.metrics = new RelayMetrics(measured, () -> NOW);
  }

  @Test
  void theFirstStartIsNoRestart() {
    runAgain();

    assertThat(restarts("source", "sink", "rollback", "regular")).isZero();
  }

  @Test
  void aStoppedRelayIsRestartedRegularly() {
    runAgain();
    runAgain();

    assertThat(restarts("regular")).isEqualTo(1);
    assertThat(restarts("source", "sink", "rollback")).isZero();
  }

  @Test
  void aLostConnectionIsOfTheSource() {
    relays.endsWith(new ScriptedServer(goods(1)), LOST);
    runAgain();

    assertThat(restarts("source")).isEqualTo(1);
    assertThat(restarts("sink", "rollback", "regular")).isZero();
  }

  @Test
  void aFailureOfTheSinkIsNotOfTheSource() {
    ScriptedServer server = new ScriptedServer(goods(1)).ready(item -> false);
    relays.sink.fail(LOST);
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    assertThatThrownBy(relay::run).isInstanceOf(DeliveryException.class);
    relays.sink = new RecordingSink(relays.topic, true);
    runAgain();

    assertThat(restarts("sink")).isEqualTo(1);
    assertThat(restarts("source", "rollback", "regular")).isZero();
  }

  @Test
  void theCauseOfARestartIsNotThatOfTheNextOne() {
    relays.endsWith(new ScriptedServer(goods(1)), LOST);
    runAgain();
    runAgain();

    assertThat(restarts("source")).isEqualTo(1);
    assertThat(restarts("regular")).isEqualTo(1);
  }

  @Test
  void eachCommitWithRowsIsMeasuredOnce() {
    relays.run(new ScriptedServer(goods(1), goods(2)).ready(item -> false), LAZY);

    int commits = relays.topic.commits().size();
    assertThat(commits).isEqualTo(2);
    assertThat(measured.times(Metric.DELIVERY_DELAY)).hasSize(commits);
    assertThat(measured.times(Metric.COMMIT_TIME)).hasSize(commits);
  }

  private void runAgain() {
    relays.run(new ScriptedServer(goods(1)), LAZY);
  }

  private long restarts(String... causes) {
    long sum = 0;
    for (String cause : causes) {
      sum += measured.counter(Metric.RECONNECTS, cause).get();
    }
    return sum;
  }
}
