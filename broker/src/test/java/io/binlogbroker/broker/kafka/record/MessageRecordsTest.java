package io.binlogbroker.broker.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.relay.Message;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class MessageRecordsTest {
  private final MessageRecords records = new MessageRecords("db_mall");

  @Test
  void everyMessageHasTheGroupHeader() {
    ProducerRecord<byte[], byte[]> record =
        records.of(Message.of("mall_db", bytes("goods"), bytes("{}"), null));

    assertThat(record.topic()).isEqualTo("mall_db");
    assertThat(record.partition()).isNull();
    assertThat(headers(record)).containsExactly("bb.group=db_mall");
  }

  @Test
  void theTwoMessagesOfAKeyChangeNameEachOther() {
    Address toOld = Address.of("mall_db", bytes("7"), null);
    Address toNew = Address.of("mall_db", bytes("8"), null);
    Message leaves = new Message(toOld.with(new Header("bb.newkey", bytes("8"))), bytes("{}"));
    Message arrives = new Message(toNew.with(new Header("bb.oldkey", bytes("7"))), bytes("{}"));

    assertThat(headers(records.of(leaves))).containsExactly("bb.group=db_mall", "bb.newkey=8");
    assertThat(headers(records.of(arrives))).containsExactly("bb.group=db_mall", "bb.oldkey=7");
  }

  @Test
  void messagesDoNotShareHeaders() {
    ProducerRecord<byte[], byte[]> first =
        records.of(Message.of("mall_db", bytes("goods"), bytes("{}"), null));
    first.headers().add("trace", bytes("added by an interceptor"));

    ProducerRecord<byte[], byte[]> second =
        records.of(Message.of("mall_db", bytes("goods"), bytes("{}"), null));

    assertThat(headers(second)).containsExactly("bb.group=db_mall");
  }

  @Test
  void theSizeIncludesAllParts() {
    Message small = Message.of("mall_db", bytes("goods"), bytes("{}"), null);
    Message large = Message.of("mall_db", bytes("goods"), new byte[1_000_002], null);

    assertThat(records.sizeBound(large)).isEqualTo(records.sizeBound(small) + 1_000_000);
    assertThat(records.sizeBound(small)).isBetween(80L, 200L);
  }

  private static String[] headers(ProducerRecord<byte[], byte[]> record) {
    return Arrays.stream(record.headers().toArray())
        .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .toArray(String[]::new);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
