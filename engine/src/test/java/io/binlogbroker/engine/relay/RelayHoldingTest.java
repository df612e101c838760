package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.GOODS;
import static io.binlogbroker.engine.relay.Relays.HOUR;
import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.relay.ScriptedItem.Kind;
import org.junit.jupiter.api.Test;

/** A relay whose format buffers changes. */
class RelayHoldingTest {
  private final Relays relays = new Relays();

  RelayHoldingTest() {
    relays.format = new HoldingFormat();
  }

  @Test
  void theLastRowOfEachTransactionIsMarked() {
    relays.run(new ScriptedServer(goods(1, 2), goods(3)), LAZY);

    assertThat(relays.topic.values())
        .containsExactly("null>1/7 more", "null>2/7 last", "null>3/7 last");
  }

  @Test
  void aSplitReleasesTheRowsBeforeItsPosition() {
    ScriptedServer server =
        new ScriptedServer(
                ScriptedItem.transaction(
                    ScriptedEvent.inserts(GOODS, 1, 2), ScriptedEvent.inserts(GOODS, 3)))
            .ready(item -> true);

    relays.run(server, new CommitPolicy(HOUR, 1, 1, HOUR));

    assertThat(relays.topic.values())
        .containsExactly("null>1/7 more", "null>2/7 more", "null>3/7 last");
    assertThat(relays.topic.commits())
        .extracting(position -> position.rowsEvents() + " " + position.rows())
        .containsExactly("1 0", "0 0");
  }

  @Test
  void aStopInATransactionCommitsNoPositionAfterBufferedRows() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2, 3)).ready(item -> true);
    Relay relay = relays.relay(server, LAZY, at(server, 0));
    relays.topic.plug(Plug.doAt(2, relay::stop));

    relay.run();

    assertThat(relays.topic.commits()).doesNotContain(at(server, 2));
    assertThat(relays.topic.values()).doesNotContain("null>3/7 last");
  }

  @Test
  void rowsTakenBackAreNotReleasedLater() {
    ScriptedServer server =
        new ScriptedServer(
                goods(1),
                ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2)),
                goods(3))
            .ready(item -> true);
    AsyncChangeSink ahead = new AsyncChangeSink(relays.sink, () -> true);
    ahead.open();

    relays.relay(server, LAZY, at(server, 0), ahead).run();

    assertThat(relays.topic.values()).containsExactly("null>1/7 last", "null>3/7 last");
    ahead.close();
  }
}
