package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.GOODS;
import static io.binlogbroker.engine.relay.Relays.HOUR;
import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.NOISE;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.ScriptedItem.Kind;
import org.junit.jupiter.api.Test;

/** How a relay handles rows that are rolled back in the log, and changes without rows. */
class RelayUndoTest {
  private final Relays relays = new Relays();

  @Test
  void stopsAtAChangeInStatementFormat() {
    ScriptedServer server =
        new ScriptedServer(goods(1), ScriptedItem.of(Kind.STATEMENT)).ready(item -> true);

    DeliveryException e = relays.failure(server, at(server, 0));

    assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
    assertThat(e)
        .hasMessageStartingWith("A change in statement format (INSERT ...) at binlog.000001:1004")
        .hasMessageContaining("OnStatementEvent");
    assertThat(relays.topic.commits()).containsExactly(at(server, 1));
  }

  @Test
  void refusesARollbackAfterVisibleRows() {
    relays.sink = new RecordingSink(relays.topic, false);
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 1)));

    DeliveryException e = relays.failure(server, at(server, 0));

    assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
    assertThat(e).hasMessageStartingWith("The transaction at binlog.000001:4 was rolled back");
    assertThat(relays.topic.commits()).isEmpty();
  }

  @Test
  void refusesARollbackAfterCommittedRows() {
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 1, 2)));
    Relay relay = relays.relay(server, new CommitPolicy(HOUR, 1, 1, HOUR), at(server, 0));

    DeliveryException e = catchThrowableOfType(DeliveryException.class, relay::run);

    assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
    assertThat(e.isRetriable()).isFalse();
  }

  @Test
  void takesBackRowsThatAreNotYetHandedOver() {
    ScriptedServer server =
        new ScriptedServer(
                goods(1),
                ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2)),
                goods(3))
            .ready(item -> true);
    AsyncChangeSink ahead = new AsyncChangeSink(relays.sink, () -> true);
    ahead.open();

    relays.relay(server, LAZY, at(server, 0), ahead).run();

    assertThat(relays.topic.values())
        .extracting(value -> value.split(" ")[2])
        .containsExactly("null>1/7", "null>3/7");
    assertThat(relays.topic.position()).isEqualTo(at(server, 3));
    ahead.close();
  }

  @Test
  void redeliversATransactionWhoseRowsWereHandedOver() {
    ScriptedItem undone = ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2));
    ScriptedServer server = new ScriptedServer(goods(1), undone, goods(3)).ready(item -> true);
    Relay first = relays.relay(server, LAZY, at(server, 0));

    DeliveryException e = catchThrowableOfType(DeliveryException.class, first::run);
    relays.sink = new RecordingSink(relays.topic, true);
    relays.run(server, LAZY);

    assertThat(e.retryImmediately()).isTrue();
    assertThat(relays.topic.messages()).hasSize(2);
    assertThat(relays.topic.commits()).containsExactly(at(server, 3));
  }

  @Test
  void refusesARollbackAfterRowsThatAPredecessorDelivered() {
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 1)));

    DeliveryException e = relays.failure(server, server.position(0, 1, 0, "e"));

    assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
  }

  @Test
  void acceptsARollbackOfFilteredTables() {
    ScriptedServer server =
        new ScriptedServer(
            ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(NOISE, 1)), goods(2));

    relays.run(server, LAZY);

    assertThat(relays.topic.position()).isEqualTo(at(server, 2));
  }
}
