package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.route.RulesText;
import io.binlogbroker.engine.source.SourceTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of a message, other than its value, that depend on the format. */
class FormatsOwnPartsTest {
  private static final FakeTable GOODS = FakeTable.of("mall", "goods");

  private final RecordingTopic topic = new RecordingTopic();

  @Test
  void theFormatEncodesTheKeys() {
    deliver("\"Key\":\"usr_id\"", ScriptedEvent.inserts(GOODS, 5));

    assertThat(keys()).containsExactly("\0007");
  }

  @Test
  void theFormatEncodesTheKeyOfATable() {
    deliver("\"Topic\":\"changes\"", ScriptedEvent.inserts(GOODS, 5));

    assertThat(keys()).containsExactly("\0");
  }

  @Test
  void keyChangeHeadersUseTheFormatsKeys() {
    deliver("\"Key\":\"usr_id\"", ScriptedEvent.update(GOODS, 5, 41, 42));

    assertThat(keys()).containsExactly("\00041", "\00042");
    assertThat(topic.messages())
        .flatExtracting(message -> message.to().headers())
        .extracting(Header::value)
        .extracting(value -> new String((byte[]) value, UTF_8))
        .containsExactly("\00042", "\00041");
  }

  @Test
  void eachMessageHasTheCellFinderOfItsFormat() {
    deliver("\"Key\":\"usr_id\"", ScriptedEvent.inserts(GOODS, 5, 6));

    assertThat(topic.messages())
        .hasSize(2)
        .allSatisfy(
            message -> assertThat(message.to().destination().cells()).isSameAs(FramedFormat.CELLS));
  }

  @Test
  void theRowsOfATableShareOneDestination() {
    deliver("\"Key\":\"usr_id\"", ScriptedEvent.inserts(GOODS, 5, 6));

    assertThat(topic.messages().get(0).to().destination())
        .isSameAs(topic.messages().get(1).to().destination());
  }

  private void deliver(String rule, ScriptedEvent event) {
    String config =
        "{\"Sources\":[{\"Schema\":\"mall\",\"Tables\":[{\"Table\":\"goods\"," + rule + "}]}]}";
    RowDelivery delivery = Deliveries.by(RulesText.routes(config), new FramedFormat());
    delivery.begin(new SourceTransaction(null, 1, new BinlogPosition("binlog.000001", 4), 1_000));
    Rows rows = new FakeRows(event);
    SinkOutlet outlet = new SinkOutlet(new RecordingSink(topic, false), Deliveries.uncommitted());
    assertThat(delivery.accept(rows, 100, 0)).isTrue();
    while (rows.next()) {
      delivery.deliver(outlet, 2_000);
    }
  }

  private List<String> keys() {
    return topic.messages().stream().map(message -> new String(message.key(), UTF_8)).toList();
  }
}
