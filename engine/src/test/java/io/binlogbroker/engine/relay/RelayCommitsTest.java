package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.GOODS;
import static io.binlogbroker.engine.relay.Relays.HOUR;
import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.NOISE;
import static io.binlogbroker.engine.relay.Relays.NOW;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static io.binlogbroker.engine.relay.Relays.noise;
import static io.binlogbroker.engine.relay.Relays.ticking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a relay commits, and which messages. */
class RelayCommitsTest {
  private final Relays relays = new Relays();

  @Test
  void commitsImmediatelyWhenTheSourceIsIdle() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> false);

    relays.run(server, LAZY);

    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 2));
  }

  @Test
  void delaysTheCommitWhileTheSourceHasMore() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> true);

    relays.run(server, LAZY);

    assertThat(relays.topic.commits()).containsExactly(at(server, 2));
  }

  @Test
  void commitsBySizeAtTheEndOfATransactionOnly() {
    ScriptedServer server = new ScriptedServer(goods(1, 2, 3), goods(4)).ready(item -> true);

    relays.run(server, new CommitPolicy(HOUR, 1, 1 << 30, HOUR));

    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 2));
  }

  @Test
  void commitsByTheIntervalAtTheEndOfATransactionOnly() {
    ScriptedServer server = new ScriptedServer(goods(1, 2, 3), goods(4)).ready(item -> true);
    relays.clock = ticking(10);

    relays.run(server, new CommitPolicy(Duration.ofMillis(1), 1 << 30, 1 << 30, HOUR));

    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 2));
  }

  @Test
  void commitsLessOftenInABacklogAfterTheFirstCommit() {
    ScriptedServer server =
        new ScriptedServer(goods(1), goods(2), goods(3), goods(4), goods(5)).ready(item -> true);
    relays.clock = ticking(10);

    relays.run(server, new CommitPolicy(Duration.ofMillis(30), 1 << 30, 1 << 30, HOUR));

    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 5));
  }

  @Test
  void commitsFreshChangesOfABusySourceLongBeforeTheInterval() {
    ScriptedItem[] nine =
        IntStream.rangeClosed(1, 9).mapToObj(Relays::goods).toArray(ScriptedItem[]::new);
    ScriptedServer server = new ScriptedServer(nine).ready(item -> true);
    relays.clock = () -> ScriptedSource.COMMITTED + 10L * server.opened().get(0).item();

    relays.run(server, LAZY);

    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 5), at(server, 9));
  }

  @Test
  void thePositionAloneOfFreshChangesWaitsForTheInterval() {
    ScriptedItem[] nine =
        IntStream.rangeClosed(1, 9).mapToObj(Relays::goods).toArray(ScriptedItem[]::new);
    ScriptedServer server = new ScriptedServer(nine).ready(item -> true);
    relays.sink = new RecordingSink(relays.topic, false);
    relays.clock = () -> ScriptedSource.COMMITTED + 10L * server.opened().get(0).item();

    relays.run(server, LAZY);

    assertThat(relays.topic.commits()).containsExactly(at(server, 9));
  }

  @Test
  void collectsTransactionsWhileACommitIsInProgress() {
    ScriptedServer server =
        new ScriptedServer(goods(1), goods(2), goods(3), goods(4), goods(5)).ready(item -> true);
    Iterator<Boolean> answers = List.of(false, true, true, false, true).iterator();
    relays.sink.committing(answers::next);

    relays.run(server, new CommitPolicy(HOUR, 1, 1 << 30, HOUR));

    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 4), at(server, 5));
  }

  @Test
  void collectsAtMostTheSizeOfOneCommit() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2), goods(3)).ready(item -> true);
    relays.sink.committing(() -> true);

    relays.run(server, new CommitPolicy(HOUR, 1, 1, HOUR));

    assertThat(relays.topic.commits()).extracting(Position::rows).containsExactly(0L, 0L, 0L);
  }

  @Test
  void splitsALargeTransactionAndRecordsItsDeliveredRows() {
    ScriptedServer server =
        new ScriptedServer(
                ScriptedItem.transaction(
                    ScriptedEvent.inserts(GOODS, 1, 2),
                    ScriptedEvent.inserts(NOISE, 9),
                    ScriptedEvent.inserts(GOODS, 3)))
            .ready(item -> true);

    relays.run(server, new CommitPolicy(HOUR, 1, 1, HOUR));

    assertThat(relays.topic.commits())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("delivered")
        .containsExactly(
            server.position(0, 0, 1, "e"), server.position(0, 2, 0, "e"), at(server, 1));
  }

  @Test
  void splitsATransactionThatLastsTooLong() {
    ScriptedServer server =
        new ScriptedServer(
                ScriptedItem.transaction(
                    ScriptedEvent.inserts(GOODS, 1), ScriptedEvent.inserts(GOODS, 2)))
            .ready(item -> true);
    relays.clock = ticking(10);

    relays.run(server, new CommitPolicy(HOUR, 1 << 30, 1 << 30, Duration.ofMillis(5)));

    assertThat(relays.topic.commits())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("delivered")
        .containsExactly(server.position(0, 1, 0, "e"), at(server, 1));
  }

  @Test
  void filteredChangesMoveThePositionOncePerSecond() {
    ScriptedServer server =
        new ScriptedServer(noise(), noise(), noise(), ScriptedItem.idle(), noise(), noise())
            .ready(item -> true);
    relays.clock = () -> NOW + 400L * server.opened().get(0).item();

    relays.run(server, LAZY);

    assertThat(relays.topic.messages()).isEmpty();
    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 4), at(server, 6));
  }

  @Test
  void aClockThatIsSetBackDoesNotBlockThePosition() {
    ScriptedServer server =
        new ScriptedServer(noise(), noise(), noise(), noise()).ready(item -> true);
    relays.clock =
        () -> {
          int item = server.opened().get(0).item();
          return item < 2 ? NOW : NOW / 2 + 1_000L * item;
        };

    relays.run(server, LAZY);

    assertThat(relays.topic.commits()).containsExactly(at(server, 1), at(server, 3), at(server, 4));
  }

  /** An operator who continues after the fault would otherwise lose them. */
  @Test
  void commitsCompleteTransactionsBeforeAPermanentFailure() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> true);

    relays.endsWith(server, DeliveryException.fatal(FailureKind.SOURCE_DATA, "The log has a hole"));

    assertThat(relays.topic.commits()).containsExactly(at(server, 2));
  }

  @Test
  void doesNotCommitThemTogetherWithRowsOfTheFailedOne() {
    ScriptedItem twoEvents =
        ScriptedItem.transaction(ScriptedEvent.inserts(GOODS, 2), ScriptedEvent.inserts(GOODS, 3));
    ScriptedServer server = new ScriptedServer(goods(1), twoEvents).ready(item -> true);
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    relays.clock =
        () -> {
          if (server.opened().get(0).handedOut().size() == 3) {
            throw DeliveryException.fatal(FailureKind.SOURCE_DATA, "The row is damaged");
          }
          return NOW;
        };

    assertThatThrownBy(relay::run).isInstanceOf(DeliveryException.class);

    assertThat(relays.topic.commits()).isEmpty();
  }

  @Test
  void doesNotCommitEarlyBeforeARetry() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> true);

    relays.endsWith(
        server, DeliveryException.retriable(FailureKind.UNREACHABLE, "The line is cut", null));

    assertThat(relays.topic.commits()).isEmpty();
  }
}
