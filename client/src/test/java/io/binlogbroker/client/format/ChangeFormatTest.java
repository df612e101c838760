package io.binlogbroker.client.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.client.SourceTable;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class ChangeFormatTest {
  static final String JSON =
      "{\"op\":\"c\",\"before\":null,\"after\":{\"id\":1},\"source\":{\"group\":\"g\",\"db\":\"mall_db\","
          + "\"table\":\"goods\",\"server_id\":1,\"gtid\":null,\"file\":\"binlog.000002\",\"pos\":4,"
          + "\"row\":0,\"ts_ms\":1000,\"snapshot\":false},\"ts_ms\":2000}";
  static final String DEBEZIUM =
      "{\"before\":null,\"after\":{\"id\":1},\"source\":{\"version\":\"3.6.1.Final\","
          + "\"connector\":\"mysql\",\"name\":\"g\",\"ts_ms\":1000,\"snapshot\":\"false\","
          + "\"db\":\"mall_db\",\"sequence\":null,\"ts_us\":1000000,\"ts_ns\":1000000000,"
          + "\"table\":\"goods\",\"server_id\":1,\"gtid\":null,\"file\":\"binlog.000002\",\"pos\":4,"
          + "\"row\":0,\"thread\":7,\"query\":null},\"transaction\":null,\"op\":\"c\",\"ts_ms\":2000}";
  static final String MAXWELL =
      "{\"database\":\"mall_db\",\"table\":\"goods\",\"type\":\"update\",\"ts\":1,\"xid\":408,"
          + "\"commit\":true,\"data\":{\"id\":11,\"note\":\"a\"},\"old\":{\"id\":1}}";
  static final String CANAL =
      "{\"data\":[{\"id\":\"1\",\"note\":null},{\"id\":\"2\",\"note\":\"y\"}],"
          + "\"database\":\"mall_db\",\"es\":1000,\"gtid\":\"\",\"id\":9,\"isDdl\":false,"
          + "\"mysqlType\":{\"id\":\"int\",\"note\":\"text\"},"
          + "\"old\":[{\"note\":\"was\"},{\"note\":null}],\"pkNames\":[\"id\"],\"sql\":\"\","
          + "\"sqlType\":{\"id\":4,\"note\":2005},\"table\":\"goods\",\"ts\":2000,\"type\":\"UPDATE\"}";

  @Test
  void jsonAndDebeziumContainOneRowAndItsBinlogPosition() {
    for (String message : List.of(JSON, DEBEZIUM)) {
      RowChange change = RowChange.parse(message.getBytes(UTF_8));

      assertThat(change.operation()).isEqualTo(Operation.INSERT);
      assertThat(change.before()).isNull();
      assertThat(change.after().get("id").asInt()).isEqualTo(1);
      assertThat(change.source().table()).isEqualTo(new SourceTable("mall_db", "goods"));
      assertThat(change.source().id()).isEqualTo(new ChangeId("binlog.000002", 4, 0));
      assertThat(change.source().group()).isEqualTo("g");
      assertThat(change.source().committedMillis()).isEqualTo(1000);
    }
    assertThat(RowChange.parse(DEBEZIUM.getBytes(UTF_8)).format())
        .isEqualTo(ChangeFormat.DEBEZIUM_JSON);
  }

  @Test
  void theBeforeImageOfMaxwellIsCompletedFromData() {
    RowChange change = RowChange.parse(MAXWELL.getBytes(UTF_8));

    assertThat(change.format()).isEqualTo(ChangeFormat.MAXWELL_JSON);
    assertThat(change.before().toString()).isEqualTo("{id=1, note=\"a\"}");
    assertThat(change.after().toString()).isEqualTo("{id=11, note=\"a\"}");
    assertThat(change.changedColumns()).containsExactly("id");
    assertThat(change.source().id()).isNull();
    assertThat(change.source().committedMillis()).isEqualTo(1000);
  }

  @Test
  void aCanalMessageContainsSeveralRows() {
    List<RowChange> changes = RowChange.parseAll(CANAL.getBytes(UTF_8));

    assertThat(changes).extracting(RowChange::format).containsOnly(ChangeFormat.CANAL_JSON);
    assertThat(changes)
        .extracting(change -> change.before() + " " + change.after())
        .containsExactly(
            "{id=\"1\", note=\"was\"} {id=\"1\", note=null}",
            "{id=\"2\", note=null} {id=\"2\", note=\"y\"}");
    assertThat(changes.get(0).source().gtid()).isNull();
  }

  @Test
  void aMsgpackUpdateContainsPairsOfRows() throws IOException {
    List<RowChange> changes = RowChange.parseAll(msgpack("update", 4));

    assertThat(changes).hasSize(2);
    Map<String, JsonNode> row = changes.get(1).after();
    assertThat(changes.get(1).operation()).isEqualTo(Operation.UPDATE);
    assertThat(changes.get(1).before().get("id").longValue()).isEqualTo(2);
    assertThat(row.get("id").longValue()).isEqualTo(3);
    assertThat(row.get("big").bigIntegerValue()).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(row.get("price").textValue()).isEqualTo("12.30");
    assertThat(row.get("weight").floatValue()).isEqualTo(0.1f);
    assertThat(row.get("bytes").binaryValue()).containsExactly(1, 2);
    assertThat(row.get("note").isNull()).isTrue();
  }

  @Test
  void aMsgpackDeleteContainsSingleRows() throws IOException {
    assertThat(RowChange.parseAll(msgpack("delete", 3)))
        .hasSize(3)
        .allMatch(change -> change.after() == null && change.operation() == Operation.DELETE);
  }

  @Test
  void aMsgpackUpdateWithAnOddNumberOfRowsIsRejected() {
    assertThatThrownBy(() -> RowChange.parseAll(msgpack("update", 3)))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessage("Expected pairs of rows for an update but got 3 rows");
  }

  @Test
  void everyTruncatedMessageIsRejected() throws IOException {
    for (byte[] message :
        List.of(
            JSON.getBytes(UTF_8),
            DEBEZIUM.getBytes(UTF_8),
            MAXWELL.getBytes(UTF_8),
            CANAL.getBytes(UTF_8),
            msgpack("insert", 2))) {
      IntStream.range(0, message.length)
          .forEach(
              length ->
                  assertThatThrownBy(() -> RowChange.parseAll(Arrays.copyOf(message, length)))
                      .isInstanceOf(MalformedChangeException.class));
    }
  }

  @Test
  void aForeignMessageIsReportedWithItsFields() {
    assertThatThrownBy(() -> RowChange.parse("{\"user\":1}".getBytes(UTF_8)))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessage(
            "Expected a change in one of the broker's formats but got an object with the fields"
                + " [user]");
    assertThatThrownBy(() -> RowChange.parse("hello".getBytes(UTF_8)))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessageContaining("Expected a change as JSON");
    assertThatThrownBy(() -> RowChange.parse(new byte[] {(byte) 0x85, 1}))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessageContaining("MessagePack");
  }

  @Test
  void aLengthBeyondTheMessageIsRejectedWithoutAllocation() throws IOException {
    byte[] message = msgpack("insert", 1);
    int at = message.length - 5; // bin8 of two bytes, and nil
    for (String length : List.of("c67fffffff", "db7fffffff", "dd7fffffff")) {
      byte[] damaged = Arrays.copyOf(message, message.length + 1);
      System.arraycopy(HexFormat.of().parseHex(length), 0, damaged, at, 5);

      assertThatThrownBy(() -> RowChange.parseAll(damaged))
          .isInstanceOf(MalformedChangeException.class);
    }
  }

  @Test
  void aStringThatIsNotUtf8IsRejected() throws IOException {
    byte[] message = msgpack("insert", 1);
    message[message.length - 11] = (byte) 0xff; // within the price

    assertThatThrownBy(() -> RowChange.parseAll(message))
        .isInstanceOf(MalformedChangeException.class);
  }

  /** A message as the original binlogbroker wrote it. */
  static byte[] msgpack(String action, int rows) throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packMapHeader(5).packString("Action").packString(action);
      out.packString("Schema").packString("mall_db").packString("Table").packString("goods");
      out.packString("Columns").packArrayHeader(6);
      for (String column : List.of("id", "big", "price", "weight", "bytes", "note")) {
        out.packString(column);
      }
      out.packString("Rows").packArrayHeader(rows);
      for (int i = 0; i < rows; i++) {
        out.packArrayHeader(6).packInt(i).packBigInteger(new BigInteger("18446744073709551615"));
        out.packString("12.30").packFloat(0.1f).packBinaryHeader(2).addPayload(new byte[] {1, 2});
        out.packNil();
      }
      return out.toByteArray();
    }
  }
}
