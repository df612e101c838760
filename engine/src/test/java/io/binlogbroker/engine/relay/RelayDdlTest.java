package io.binlogbroker.engine.relay;

import static io.binlogbroker.engine.relay.Relays.GOODS;
import static io.binlogbroker.engine.relay.Relays.HOUR;
import static io.binlogbroker.engine.relay.Relays.LAZY;
import static io.binlogbroker.engine.relay.Relays.NOW;
import static io.binlogbroker.engine.relay.Relays.at;
import static io.binlogbroker.engine.relay.Relays.goods;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.schema.ddl.SchemaStatement;
import io.binlogbroker.engine.source.DdlChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Delivery of DDL and gaps to their topic. */
class RelayDdlTest {
  private static final CommitPolicy EACH_ROW = new CommitPolicy(HOUR, 1, 1, HOUR);

  private final Relays relays = new Relays();

  @Test
  void ddlIsDeliveredWithItsPosition() {
    ScriptedServer server = new ScriptedServer(ddl());

    relays.run(server, LAZY);

    Message message = relays.topic.messages().get(0);
    assertThat(message.topic()).isEqualTo("ddl");
    assertThat(message.key()).isEqualTo("g".getBytes(UTF_8));
    assertThat(relays.topic.values())
        .containsExactly(
            "{\"group\":\"g\",\"db\":\"mall\",\"default_db\":\"mall\","
                + "\"sql\":\"CREATE TABLE t0\",\"source\":{\"server_id\":1,\"gtid\":null,"
                + "\"file\":\"binlog.000001\",\"pos\":4,\"ts_ms\":1000},\"ts_ms\":"
                + NOW
                + "}");
    assertThat(relays.topic.commits()).containsExactly(at(server, 1));
  }

  @Test
  void severalStatementsBeforeTheFirstTransactionAreDelivered() {
    ScriptedServer server = new ScriptedServer(ddl(), ddl(), ddl()).ready(item -> item % 2 == 1);

    relays.run(server, LAZY);

    assertThat(ddls()).isEqualTo(3);
    assertThat(relays.topic.position()).isEqualTo(at(server, 3));
  }

  @Test
  void committedDdlIsNotDeliveredAgain() {
    ScriptedServer server = new ScriptedServer(goods(1), ddl(), goods(2)).ready(item -> false);
    relays.run(server, LAZY);
    int before = relays.topic.messages().size();

    for (Position position : List.copyOf(relays.topic.commits())) {
      relays.topic.messages().clear();
      relays.run(server, LAZY, position);
      long ddl = server.position(1, "e").equals(position) ? 1 : 0;
      assertThat(ddls()).isEqualTo(ddl);
    }
    assertThat(before).isEqualTo(3);
  }

  @Test
  void ddlOfASplitTransactionIsDeliveredAtItsEnd() {
    ScriptedServer server = new ScriptedServer(tableOfRows()).ready(item -> true);
    relays.run(server, EACH_ROW);
    assertThat(ddls()).isEqualTo(1);
    assertThat(relays.topic.commits()).hasSize(3);

    for (Position position : List.copyOf(relays.topic.commits())) {
      relays.topic.messages().clear();
      relays.run(server, EACH_ROW, position);
      assertThat(ddls()).isEqualTo(position.isBetweenTransactions() ? 0 : 1);
    }
  }

  @Test
  void ddlOfSchemasThatAreNotDeliveredIsSkipped() {
    RowDelivery elsewhere =
        Deliveries.by(
            Deliveries.rules(1, "id", List.of("goods")).exact(),
            new StatementChanges(OnStatementEvent.STOP));
    ScriptedServer server = new ScriptedServer(ddl());
    ScriptedSource source = server.open(null);
    source.next();
    DdlChange change = source.ddl();
    SchemaStatement other =
        new SchemaStatement("shop", Set.of("shop"), "mall", "DROP TABLE shop.t");

    List<String> topics = new ArrayList<>();
    elsewhere.deliverDdl(
        new DdlChange(other, change.origin()), (to, value) -> topics.add("shop"), NOW);
    elsewhere.deliverDdl(change, (to, value) -> topics.add("mall"), NOW);

    assertThat(topics).containsExactly("mall");
  }

  @Test
  void aGapIsDeliveredBeforeTheRowsAfterIt() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2));
    Position start = at(server, 1);
    Relay relay = relays.relay(server, LAZY, start);

    relay.deliverGap(new Gap(at(server, 0), start, "purged"));

    assertThat(relays.topic.values())
        .containsExactly(
            "{\"group\":\"g\",\"gap\":{\"from\":"
                + place(at(server, 0))
                + ",\"to\":"
                + place(start)
                + ",\"reason\":\"purged\"},\"ts_ms\":"
                + NOW
                + "}");
    assertThat(relays.topic.position()).isEqualTo(start);
  }

  private static String place(Position position) {
    return "{\"file\":\"%s\",\"pos\":%d,\"gtid_set\":\"%s\"}"
        .formatted(position.file(), position.offset(), Objects.requireNonNull(position.gtidSet()));
  }

  private long ddls() {
    return relays.topic.messages().stream()
        .filter(message -> message.topic().equals("ddl"))
        .count();
  }

  private static ScriptedItem ddl() {
    return ScriptedItem.of(ScriptedItem.Kind.DDL);
  }

  private static ScriptedItem tableOfRows() {
    return ScriptedItem.of(ScriptedItem.Kind.TABLE_OF_ROWS, ScriptedEvent.inserts(GOODS, 1, 2, 3));
  }
}
