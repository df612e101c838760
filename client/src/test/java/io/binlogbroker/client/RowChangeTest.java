package io.binlogbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.RowChange.Operation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowChangeTest {
  @Test
  void anUpdateHasBothImagesAndItsSource() {
    RowChange change =
        parse(
            "{\"op\":\"u\",\"before\":{\"id\":1,\"note\":null},\"after\":{\"id\":1,\"note\":\"x\"},"
                + "\"source\":{\"group\":\"g\",\"db\":\"d\",\"table\":\"t\",\"server_id\":3,"
                + "\"gtid\":\"0-1-100\",\"file\":\"binlog.000002\",\"pos\":5000000000,\"row\":7,"
                + "\"ts_ms\":11,\"snapshot\":false},\"ts_ms\":12}");

    assertThat(change.operation()).isEqualTo(Operation.UPDATE);
    assertThat(change.before().get("note").isNull()).isTrue();
    assertThat(change.after().get("note").asText()).isEqualTo("x");
    assertThat(change.source())
        .isEqualTo(
            new RowChange.Source(
                "g",
                new SourceTable("d", "t"),
                3L,
                "0-1-100",
                new ChangeId("binlog.000002", 5_000_000_000L, 7),
                11L));
    assertThat(change.writtenMillis()).isEqualTo(12);
  }

  @Test
  void columnsKeepTheOrderOfTheTable() {
    assertThat(after("{\"z\":1,\"a\":2,\"m\":3}")).containsOnlyKeys("z", "a", "m");
    assertThat(after("{\"z\":1,\"a\":2,\"m\":3}").keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void numbersKeepEveryDigit() {
    Map<String, JsonNode> row =
        after("{\"u\":18446744073709551615,\"j\":{\"n\":[0.10000000000000000000000001,1.50]}}");

    assertThat(row.get("u").bigIntegerValue()).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(row.get("j").get("n").get(0).decimalValue())
        .isEqualTo(new BigDecimal("0.10000000000000000000000001"));
    assertThat(row.get("j").toString()).isEqualTo("{\"n\":[0.10000000000000000000000001,1.50]}");
  }

  @Test
  void aCellMayBeLongerThanJacksonsDefaultLimit() {
    String text = "x".repeat(21_000_000);

    assertThat(after("{\"t\":\"" + text + "\"}").get("t").asText()).hasSize(text.length());
  }

  @Test
  void anImageMayBeEmpty() {
    assertThat(after("{}")).isEmpty();
  }

  @Test
  void aMessageThatIsNotJsonIsRejected() {
    assertThatThrownBy(() -> parse("{\"op\":"))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessageContaining("Expected a change as JSON");
  }

  @Test
  void anUnknownOperationIsReported() {
    assertThatThrownBy(() -> parse(GoodsRecords.message("x", 4, "null", "{}")))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessage("Expected op c, u, d or r but got x");
  }

  @Test
  void aMissingFieldIsReported() {
    assertThatThrownBy(() -> parse("{\"op\":\"c\",\"before\":null,\"after\":{}}"))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessage("Expected a change with a field source");
  }

  @Test
  void aDeleteWithoutBeforeImageIsRejected() {
    assertThatThrownBy(() -> parse(GoodsRecords.message("d", 4, "null", "null")))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessageContaining("binlog.000002:4#0")
        .hasMessageContaining("before is null");
  }

  private static Map<String, JsonNode> after(String after) {
    return parse(GoodsRecords.message("c", 4, "null", after)).after();
  }

  private static RowChange parse(String json) {
    return RowChange.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
