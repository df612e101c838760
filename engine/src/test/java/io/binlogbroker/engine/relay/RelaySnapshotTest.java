package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.GOODS;
import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static io.binlogbroker.engine.relay.Relays.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.relay.ScriptedItem.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A relay that delivers existing rows beside the stream. */
class RelaySnapshotTest {
  private final Relays relays = new Relays();

  /** The values of the messages, of the stream's without their place. */
  private List<String> values() {
    return relays.topic.values().stream()
        .map(value -> value.replaceAll("^mall.goods INSERT null>([0-9]+)/.*", "row $1"))
        .toList();
  }

  @Test
  void existingRowsAreDeliveredBetweenTransactions() {
    relays.snapshot = new QueuedSnapshot().add("1", "a", "b").add("2", "c").add("3", "d");
    relays.clock = Relays.ticking(1);

    relays.run(new ScriptedServer(goods(1, 2), goods(3), goods(4)).ready(item -> true), LAZY);

    assertThat(values())
        .containsExactly("a", "b", "1", "row 1", "row 2", "c", "2", "row 3", "d", "3", "row 4");
  }

  @Test
  void existingRowsAreDeliveredWhileTheSourceIsIdle() {
    relays.snapshot = new QueuedSnapshot().add("1", "a").add("2", "b").add("3", "c");

    relays.run(new ScriptedServer(goods(1)), LAZY);

    assertThat(values()).containsExactly("a", "1", "row 1", "b", "2", "c", "3");
  }

  @Test
  void theStateIsCommittedWithItsRows() {
    relays.snapshot = new QueuedSnapshot().add("1", "a");
    ScriptedServer server = new ScriptedServer(goods(1)).ready(item -> true);
    relays.topic.plug(Plug.killAt(4)); // the commit, after the row, its state and the stream's row

    assertThatThrownBy(() -> relays.run(server, LAZY)).isInstanceOf(Plug.Killed.class);

    assertThat(relays.topic.values()).isEmpty();
  }

  @Test
  void deliveredRowsAreReportedForTrackedTablesOnly() {
    QueuedSnapshot snapshot = new QueuedSnapshot().endless();
    relays.snapshot = snapshot;

    relays.run(new ScriptedServer(goods(1, 2), noise(), goods(3)).ready(item -> true), LAZY);

    assertThat(snapshot.reports()).containsExactly("routes", "row 0", "row 1", "row 0", "closed");
  }

  @Test
  void rowsThatAreTakenBackAreReported() {
    QueuedSnapshot snapshot = new QueuedSnapshot().endless();
    relays.snapshot = snapshot;
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2)))
            .ready(item -> true);
    AsyncChangeSink sink = new AsyncChangeSink(relays.sink, () -> true);
    sink.open();

    relays.relay(server, LAZY, at(server, 0), sink).run();

    assertThat(snapshot.reports()).containsExactly("routes", "row 0", "undone", "closed");
    sink.close();
  }
}
