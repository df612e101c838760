package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.RulesText;
import io.binlogbroker.engine.source.SourceTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tombstones after deletes, and keys that would reveal hidden columns. */
class TombstonesTest {
  private static final FakeTable GOODS = FakeTable.of("mall", "goods");

  private final RecordingTopic topic = new RecordingTopic();

  @Test
  void aTombstoneFollowsEachDelete() {
    deliver("\"Key\":\"@pk\",\"Tombstones\":true", ScriptedEvent.delete(GOODS, 5));

    assertThat(messages())
        .containsExactly("5: mall.goods DELETE 5/7>null at binlog.000001:100 row 0", "5: null");
  }

  @Test
  void noTombstoneFollowsAnInsertOrUpdate() {
    deliver("\"Key\":\"@pk\",\"Tombstones\":true", ScriptedEvent.inserts(GOODS, 5));
    deliver("\"Key\":\"@pk\",\"Tombstones\":true", ScriptedEvent.update(GOODS, 5, 1, 2));

    assertThat(messages()).hasSize(2);
  }

  @Test
  void tombstonesAreOffByDefault() {
    deliver("\"Key\":\"@pk\"", ScriptedEvent.delete(GOODS, 5));

    assertThat(messages()).hasSize(1);
  }

  @Test
  void aFormatWithItsOwnTombstonesGetsNoOthers() {
    MessageFormat own =
        (plan, context, operation, before, after, to, out) -> {
          out.send(to, "deleted".getBytes(UTF_8));
          out.send(to, null);
        };

    deliver("\"Key\":\"@pk\",\"Tombstones\":true", ScriptedEvent.delete(GOODS, 5), own);

    assertThat(messages()).containsExactly("5: deleted", "5: null");
  }

  @Test
  void tombstonesRequireThePrimaryKeyAsKey() {
    assertThatThrownBy(() -> routes("\"Tombstones\":true"))
        .hasMessageStartingWith("Sources[0].Tables[0].Tombstones: needs \"Key\": \"@pk\"");
  }

  @Test
  void aHiddenPrimaryKeyIsRefusedAsKey() {
    assertThatThrownBy(
            () ->
                deliver(
                    "\"Key\":\"@pk\",\"Mask\":{\"ID\":\"sha256\"}", ScriptedEvent.delete(GOODS, 5)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith("Key of mall.goods is the primary key, whose column id is hidden");
  }

  @Test
  void anUnknownColumnStopsTheBroker() {
    assertThatThrownBy(
            () -> deliver("\"Mask\":{\"phone\":\"redact\"}", ScriptedEvent.delete(GOODS, 5)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("name [phone], but it has [id, usr_id]");
  }

  private void deliver(String rule, ScriptedEvent event) {
    deliver(rule, event, new PlainFormat());
  }

  private void deliver(String rule, ScriptedEvent event, MessageFormat format) {
    RowDelivery delivery = Deliveries.by(routes(rule), format);
    delivery.begin(new SourceTransaction(null, 1, new BinlogPosition("binlog.000001", 4), 1_000));
    Rows rows = new FakeRows(event);
    SinkOutlet outlet = new SinkOutlet(new RecordingSink(topic, false), Deliveries.uncommitted());
    assertThat(delivery.accept(rows, 100, 0)).isTrue();
    while (rows.next()) {
      delivery.deliver(outlet, 2_000);
    }
  }

  private static Routes routes(String rule) {
    String config =
        "{\"Sources\":[{\"Schema\":\"mall\",\"Tables\":[{\"Table\":"
            + "\"goods\","
            + rule
            + "}]}]}";
    return RulesText.routes(config);
  }

  private List<String> messages() {
    return topic.messages().stream()
        .map(
            message -> {
              byte[] value = message.value();
              String text = value == null ? "null" : new String(value, UTF_8);
              return new String(message.key(), UTF_8) + ": " + text;
            })
        .toList();
  }
}
