package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.GOODS;
import static io.binlogbroker.engine.relay.Relays.HOUR;
import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.NOISE;
import static io.binlogbroker.engine.relay.Relays.NOW;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a relay reports of its progress while it runs. */
class RelayProgressTest {
  private static final CommitPolicy EACH_ROW = new CommitPolicy(HOUR, 1, 1, HOUR);
  private static final long STEP_MILLIS = 30_000;

  private final Relays relays = new Relays();
  private long longestWait;
  private int eventsBeforeReport;

  @Test
  void partsOfALargeTransactionAreProgress() {
    ScriptedServer server = largeTransaction(GOODS, 20);

    relays.run(server, EACH_ROW);

    assertThat(relays.topic.commits()).hasSize(20);
    assertThat(longestWait).isBetween(STEP_MILLIS, 2 * STEP_MILLIS);
  }

  @Test
  void rowsOfATransactionThatIsNotSplitAreProgress() {
    ScriptedServer server = largeTransaction(NOISE, 20);

    relays.run(server, LAZY);

    assertThat(longestWait).isEqualTo(STEP_MILLIS);
  }

  @Test
  void aCommitThatNeverEndsInALargeTransactionIsNoProgress() {
    relays.sink = new RecordingSink(relays.topic, true).neverAcknowledging();
    ScriptedServer server = largeTransaction(GOODS, 20);

    relays.run(server, EACH_ROW);

    assertThat(longestWait).isGreaterThanOrEqualTo(15 * STEP_MILLIS);
  }

  @Test
  void thePositionInsideALargeTransactionIsReported() {
    ScriptedServer server = largeTransaction(GOODS, 3);

    relays.run(server, EACH_ROW);

    assertThat(eventsBeforeReport).isEqualTo(2);
    assertThat(relays.metrics.committed()).isEqualTo(at(server, 0).place());
  }

  @Test
  void aRelayHasCommittedOnceSomethingIsDurable() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> false);
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    assertThat(relay.hasCommitted()).isFalse();

    relay.run();

    assertThat(relay.hasCommitted()).isTrue();
  }

  @Test
  void aRelayWhoseSinkFailsHasNotCommitted() {
    ScriptedServer server = new ScriptedServer(goods(1)).ready(item -> false);
    relays.sink.fail(DeliveryException.retriable(FailureKind.UNREACHABLE, "No answer", null));
    Relay relay = relays.relay(server, LAZY, at(server, 0));

    assertThatThrownBy(relay::run).isInstanceOf(DeliveryException.class);

    assertThat(relay.hasCommitted()).isFalse();
  }

  /** One event for each row, each of which takes half a minute. */
  private ScriptedServer largeTransaction(FakeTable table, int rows) {
    ScriptedEvent[] events =
        IntStream.range(0, rows)
            .mapToObj(id -> ScriptedEvent.inserts(table, id))
            .toArray(ScriptedEvent[]::new);
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.transaction(events)).ready(item -> true);
    relays.metrics = new RelayMetrics(Metrics.none(), () -> now(server));
    relays.clock =
        () -> {
          observe(server);
          return now(server);
        };
    return server;
  }

  private static long now(ScriptedServer server) {
    return NOW + STEP_MILLIS * taken(server);
  }

  private static int taken(ScriptedServer server) {
    return server.opened().get(0).handedOut().size();
  }

  private void observe(ScriptedServer server) {
    longestWait = Math.max(longestWait, relays.metrics.millisUncommitted());
    if (eventsBeforeReport == 0 && relays.metrics.committed() != null) {
      eventsBeforeReport = taken(server);
    }
  }
}
