package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.GOODS;
import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.NOISE;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static io.binlogbroker.engine.relay.Relays.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.ScriptedItem.Kind;
import io.binlogbroker.engine.route.Rules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelayTest {
  private final Relays relays = new Relays();

  @Test
  void continuesAfterTheDeliveredRows() {
    ScriptedServer server =
        new ScriptedServer(
            ScriptedItem.transaction(
                ScriptedEvent.inserts(GOODS, 1, 2), ScriptedEvent.inserts(GOODS, 3, 4, 5)));

    relays.run(server, LAZY, server.position(0, 1, 1, "e"));

    assertThat(relays.topic.values())
        .containsExactly(
            "mall.goods INSERT null>4/7 at binlog.000001:114 row 1",
            "mall.goods INSERT null>5/7 at binlog.000001:114 row 2");
  }

  @Test
  void failsIfAPartlyDeliveredTransactionIsNotAtItsPosition() {
    ScriptedServer server = new ScriptedServer(ScriptedItem.idle(), goods(1)).ready(item -> false);

    DeliveryException e = relays.failure(server, server.position(0, 1, 0, "e"));

    assertThat(e.kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(e).hasMessageContaining("binlog.000001:4 (+1 rows events, 0 rows)");
    assertThat(e)
        .hasMessageContaining("begins with " + ScriptedServer.UUID + ":2 at binlog.000001:1004");
    assertThat(relays.topic.commits()).isEmpty();
  }

  @Test
  void failsIfAPartlyDeliveredTransactionHasFewerEvents() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2));

    DeliveryException e = relays.failure(server, server.position(0, 2, 0, "e"));

    assertThat(e.kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(e).hasMessageContaining("fewer rows than were delivered of it");
  }

  @Test
  void failsIfAPartlyDeliveredEventHasFewerRows() {
    ScriptedServer server = new ScriptedServer(goods(1, 2), goods(3));

    DeliveryException e = relays.failure(server, server.position(0, 0, 3, "e"));

    assertThat(e.kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(relays.topic.messages()).isEmpty();
  }

  @Test
  void updateThatChangesTheKeyBecomesDeleteAndInsert() {
    relays.run(
        new ScriptedServer(ScriptedItem.transaction(ScriptedEvent.update(GOODS, 5, 41, 42))), LAZY);

    assertThat(relays.topic.values())
        .containsExactly(
            "mall.goods DELETE 5/41>null at binlog.000001:104 row 0",
            "mall.goods INSERT null>5/42 at binlog.000001:104 row 0");
    assertThat(relays.topic.messages())
        .flatExtracting(m -> m.to().headers())
        .extracting(header -> header.name() + " " + text(header.value()))
        .containsExactly("bb.newkey 42", "bb.oldkey 41");
    assertThat(relays.topic.messages()).extracting(m -> text(m.key())).containsExactly("41", "42");
  }

  @Test
  void theErrorNamesTheRejectedRow() {
    ScriptedServer server = new ScriptedServer(goods(1, 2));
    relays.topic.plug(
        Plug.doAt(
            2,
            () ->
                relays.sink.fail(DeliveryException.fatal(FailureKind.UNDELIVERABLE, "Too large"))));

    DeliveryException e = relays.failure(server, at(server, 0));

    assertThat(e).hasMessage("Too large (mall.goods row 1 at binlog.000001:104)");
    assertThat(relays.topic.messages()).isEmpty();
  }

  @Test
  void rowsWithTheSameOffsetAreNumberedConsecutively() {
    relays.run(
        new ScriptedServer(
            ScriptedItem.of(
                Kind.COMPRESSED,
                ScriptedEvent.inserts(GOODS, 1, 2),
                ScriptedEvent.inserts(GOODS, 3))),
        LAZY);

    assertThat(relays.topic.values()).last().asString().endsWith("3/7 at binlog.000001:104 row 2");
  }

  @Test
  void rowsOfFilteredTablesAreNotRead() {
    ScriptedServer server = new ScriptedServer(noise());

    relays.run(server, LAZY);

    assertThat(server.opened().get(0).handedOut())
        .singleElement()
        .satisfies(rows -> assertThat(rows.index()).isEqualTo(-1));
  }

  @Test
  void aStopInsideAFilteredTransactionKeepsThePositionBeforeIt() {
    ScriptedServer server =
        new ScriptedServer(
            ScriptedItem.transaction(
                ScriptedEvent.inserts(NOISE, 1), ScriptedEvent.inserts(GOODS, 2)));
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    server.plug(Plug.doAt(2, relay::stop));

    relay.run();

    assertThat(relays.topic.position()).isEqualTo(at(server, 0));
  }

  @Test
  void aStopInsideATransactionCommitsTheSentRows() {
    ScriptedServer server = new ScriptedServer(goods(1, 2, 3));
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    relays.topic.plug(Plug.doAt(1, relay::stop));

    relay.run();

    assertThat(relays.topic.messages()).hasSize(3);
    assertThat(relays.topic.position())
        .usingRecursiveComparison()
        .ignoringFields("delivered")
        .isEqualTo(server.position(0, 1, 0, "e"));
  }

  @Test
  void aRelayStoppedBeforeItRunsDoesNothing() {
    ScriptedServer server = new ScriptedServer(goods(1));
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    relay.stop();
    relay.stop();

    relay.run();

    assertThat(relays.topic.commits()).isEmpty();
  }

  @Test
  void stopsWhileItWaitsForTheSource() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    ScriptedServer server = new ScriptedServer(goods(1));
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    server.atEnd(waiting::countDown);
    Thread thread = new Thread(relay::run, "relay");
    thread.start();
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

    relay.stop();
    thread.join(10_000);

    assertThat(thread.isAlive()).isFalse();
    assertThat(relays.topic.position()).isEqualTo(at(server, 1));
  }

  @Test
  void aSinkFailureDuringAStopIsReported() {
    ScriptedServer server = new ScriptedServer(goods(1, 2));
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    relays.topic.plug(
        Plug.doAt(
            2,
            () -> {
              relay.stop();
              relays.sink.fail(
                  DeliveryException.retriable(FailureKind.UNREACHABLE, "Kafka is away", null));
            }));

    DeliveryException e = catchThrowableOfType(DeliveryException.class, relay::run);

    assertThat(e).hasMessageStartingWith("Kafka is away (mall.goods row 1");
    assertThat(relays.topic.commits()).isEmpty();
  }

  @Test
  void newRulesApplyFromTheNextTransaction() {
    ScriptedServer server = new ScriptedServer(goods(1, 2), goods(3), goods(4));
    Rules newer = Deliveries.rules(7, "usr_id", List.of("others"));
    relays.topic.plug(Plug.doAt(1, () -> relays.rules.offer(newer)));

    relays.run(server, LAZY);

    assertThat(relays.topic.messages()).hasSize(2);
    assertThat(relays.rules.status().appliedRevision()).isEqualTo(7);
    assertThat(relays.rules.status().from()).isEqualTo(server.position(1, "e").place());
  }

  @Test
  void deliversAndCommitsNothingWithoutTheMastership() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2));
    relays.mayWork = false;

    Relay relay = relays.relay(server, LAZY, at(server, 0));
    DeliveryException e = catchThrowableOfType(DeliveryException.class, relay::run);

    assertThat(e.kind()).isEqualTo(FailureKind.FENCED);
    assertThat(relays.topic.messages()).isEmpty();
    assertThat(relays.topic.commits()).isEmpty();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
