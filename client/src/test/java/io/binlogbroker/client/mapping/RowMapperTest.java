package io.binlogbroker.client.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.SourceColumn;
import io.binlogbroker.client.format.ChangeFormat;
import io.binlogbroker.client.format.MessageJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowMapperTest {
  enum Kind {
    GIFT,
    IN_STOCK
  }

  record Goods(
      long id,
      @SourceColumn("sp_id") int supplier,
      String goodsName,
      BigDecimal price,
      boolean onSale,
      Kind kind,
      Optional<String> note,
      Integer missing) {}

  record Times(
      LocalDate day, LocalDateTime at, Instant seen, Duration length, LocalTime opens, UUID uuid) {}

  record One<T>(T value) {}

  static final class WithSetters {
    private String name;

    @SourceColumn("nick")
    private String alias;

    long count;

    void setName(String name) {
      this.name = "set " + name;
    }
  }

  static final class WithConstructor {
    final long id;
    final String name;

    WithConstructor(long id, @SourceColumn("full_name") String name) {
      this.id = id;
      this.name = name;
    }
  }

  record Whole(byte b, short s, int i, long l) {}

  record Bytes(byte[] value) {}

  record Text(String value) {}

  record Decimal(BigDecimal value) {}

  record ScaledDecimal(@SourceColumn(fraction = 2) BigDecimal value) {}

  record DateTime(LocalDateTime value) {}

  record Millis(@SourceColumn(fraction = 3) LocalDateTime value) {}

  record Micros(@SourceColumn(fraction = 6) LocalDateTime value) {}

  record Moment(Instant value) {}

  record Day(LocalDate value) {}

  record Flag(boolean value) {}

  record Document(JsonNode value) {}

  record Real(float value) {}

  record Big(BigInteger value) {}

  record Number(int value) {}

  record Label(Kind value) {}

  record Length(Duration value) {}

  @Test
  void recordComponentsAreFilledByNameOrAnnotation() {
    Goods goods =
        json(
            Goods.class,
            "{'id':1,'sp_id':7,'goods_name':'订单','price':'12.30','on_sale':1,'kind':'in_stock',"
                + "'note':null}");

    assertThat(goods)
        .isEqualTo(
            new Goods(
                1, 7, "订单", new BigDecimal("12.30"), true, Kind.IN_STOCK, Optional.empty(), null));
  }

  @Test
  void datesAndTimesAreConvertedToJavaTime() {
    Times times =
        json(
            Times.class,
            "{'day':'2026-11-22','at':'2026-11-22 08:24:00.123','seen':'2026-11-22 08:24:00Z',"
                + "'length':'-838:59:59.000001','opens':'09:30:00',"
                + "'uuid':'123e4567-e89b-12d3-a456-426614174000'}");

    assertThat(times)
        .isEqualTo(
            new Times(
                LocalDate.of(2026, 11, 22),
                LocalDateTime.of(2026, 11, 22, 8, 24, 0, 123_000_000),
                Instant.parse("2026-11-22T08:24:00Z"),
                Duration.ofHours(-838).minusMinutes(59).minusSeconds(59).minusNanos(1000),
                LocalTime.of(9, 30),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000")));
  }

  @Test
  void aClassIsFilledBySettersAndFields() {
    WithSetters made = json(WithSetters.class, "{'name':'a','nick':'b','count':3,'other':4}");

    assertThat(made.name).isEqualTo("set a");
    assertThat(made.alias).isEqualTo("b");
    assertThat(made.count).isEqualTo(3);
  }

  @Test
  void theOnlyConstructorOfAClassReceivesTheColumns() {
    WithConstructor made = json(WithConstructor.class, "{'id':1,'full_name':'a'}");

    assertThat(made.id).isEqualTo(1);
    assertThat(made.name).isEqualTo("a");
  }

  @Test
  void aDifferentListOfColumnsGetsItsOwnPlan() {
    RowMapper<Text> mapper = RowMapper.of(Text.class);

    assertThat(mapper.map(row("{'value':'a'}"), ChangeFormat.JSON).value()).isEqualTo("a");
    assertThat(mapper.map(row("{'id':1,'value':'b'}"), ChangeFormat.JSON).value()).isEqualTo("b");
    assertThat(mapper.map(row("{'value':'c'}"), ChangeFormat.JSON).value()).isEqualTo("c");
  }

  @Test
  void canalStringsAreConvertedToTheTypesOfTheClass() {
    Goods goods =
        map(
            Goods.class,
            "{'id':'1','sp_id':'7','goods_name':'x','price':'12.30','on_sale':'0','kind':'GIFT',"
                + "'note':'n'}",
            ChangeFormat.CANAL_JSON);

    assertThat(goods.supplier()).isEqualTo(7);
    assertThat(goods.price()).isEqualTo(new BigDecimal("12.30"));
    assertThat(goods.onSale()).isFalse();
    assertThat(goods.note()).contains("n");
  }

  @Test
  void bytesAreDecodedAccordingToTheFormat() {
    assertThat(value(Bytes.class, "'3q0='", ChangeFormat.JSON).value()).containsExactly(0xde, 0xad);
    assertThat(value(Bytes.class, "'Þ\u00ad'", ChangeFormat.CANAL_JSON).value())
        .containsExactly(0xde, 0xad);
    Map<String, JsonNode> binary = Map.of("value", BinaryNode.valueOf(new byte[] {1}));
    assertThat(RowMapper.of(Bytes.class).map(binary, ChangeFormat.MSGPACK).value())
        .containsExactly(1);
  }

  @Test
  void debeziumEncodingsAreDecoded() {
    ChangeFormat debezium = ChangeFormat.DEBEZIUM_JSON;

    assertThat(value(ScaledDecimal.class, "'BM4='", debezium).value())
        .isEqualTo(new BigDecimal("12.30"));
    assertThat(value(Day.class, "20779", debezium).value()).isEqualTo(LocalDate.ofEpochDay(20779));
    assertThat(value(Millis.class, "1500", debezium).value())
        .isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0, 1, 500_000_000));
    assertThat(value(Micros.class, "-1", debezium).value())
        .isEqualTo(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000));
    assertThat(value(Length.class, "-1000000", debezium).value()).isEqualTo(Duration.ofSeconds(-1));
    assertThat(value(Moment.class, "'2026-11-22T08:24:00.123Z'", debezium).value())
        .isEqualTo(Instant.parse("2026-11-22T08:24:00.123Z"));
    assertThat(value(Flag.class, "true", debezium).value()).isTrue();
    assertThat(value(Document.class, "'{\\'a\\':1}'", debezium).value().get("a").asInt())
        .isEqualTo(1);
  }

  @Test
  void scaleAndUnitMissingFromDebeziumAreNotGuessed() {
    ChangeFormat debezium = ChangeFormat.DEBEZIUM_JSON;

    assertThatThrownBy(() -> value(Decimal.class, "'1234'", debezium))
        .isInstanceOf(MappingException.class)
        .hasMessage(
            "Column value with value \"1234\" of DEBEZIUM_JSON does not fit java.math.BigDecimal:"
                + " the message does not contain the number of fractional digits: specify"
                + " @SourceColumn(fraction = n)");
    assertThatThrownBy(() -> value(DateTime.class, "1500", debezium))
        .hasMessageContaining("does not contain the unit, milliseconds or microseconds");
    assertThatThrownBy(() -> value(Number.class, "'1234'", debezium))
        .hasMessageContaining("may be base64");
  }

  @Test
  void aTimestampWithoutZoneIsUtcOnlyInFormatsThatWriteItSo() {
    assertThat(value(Moment.class, "'2026-11-22 08:24:00'", ChangeFormat.MAXWELL_JSON).value())
        .isEqualTo(Instant.parse("2026-11-22T08:24:00Z"));
    assertThatThrownBy(() -> value(Moment.class, "'2026-11-22 08:24:00'", ChangeFormat.JSON))
        .hasMessageContaining("a DATETIME is not a point in time: declare LocalDateTime");
    assertThatThrownBy(() -> value(DateTime.class, "'2026-11-22 08:24:00Z'", ChangeFormat.JSON))
        .hasMessageContaining("a TIMESTAMP is a point in time: declare Instant");
  }

  @ParameterizedTest
  @CsvSource({
    "b, 128, byte, from -128 to 127",
    "s, 32768, short, from -32768 to 32767",
    "i, 2147483648, int, from -2147483648 to 2147483647",
    "l, 9223372036854775808, long, from -9223372036854775808 to 9223372036854775807",
    "i, 1.5, int, a whole number",
    "i, null, int, declare a boxed type or Optional",
  })
  void aNumberThatDoesNotFitIsReportedWithColumnValueAndType(
      String column, String value, String type, String reason) {
    String row =
        "{'b':1,'s':1,'i':1,'l':1}".replace("'" + column + "':1", "'" + column + "':" + value);

    assertThatThrownBy(() -> json(Whole.class, row))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith("Column " + column + " with value " + value)
        .hasMessageContaining("does not fit " + type)
        .hasMessageContaining(reason);
  }

  @Test
  void inexactNumbersAreRejected() {
    assertThat(value(Big.class, "18446744073709551615", ChangeFormat.JSON).value())
        .isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(value(Real.class, "0.1", ChangeFormat.JSON).value()).isEqualTo(0.1f);
    assertThatThrownBy(() -> value(Real.class, "1e300", ChangeFormat.JSON))
        .hasMessageContaining("the range of a float");
    assertThatThrownBy(() -> value(Flag.class, "2", ChangeFormat.JSON))
        .hasMessageContaining("expected 0 or 1");
  }

  @Test
  void zeroDatesAndUnknownLabelsAreRejected() {
    assertThatThrownBy(() -> value(Day.class, "'0000-00-00'", ChangeFormat.JSON))
        .hasMessageContaining("declare String if there may be zero dates");
    assertThatThrownBy(() -> value(Label.class, "'lost'", ChangeFormat.JSON))
        .hasMessageContaining("no constant has this name");
    assertThatThrownBy(() -> value(Label.class, "1", ChangeFormat.MSGPACK))
        .hasMessageContaining("no constant has this name");
  }

  @Test
  void aLongValueIsShortenedInTheError() {
    assertThatThrownBy(() -> value(Number.class, "'" + "x".repeat(1000) + "'", ChangeFormat.JSON))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).contains("…"));
  }

  @Test
  void aClassThatCannotBeMappedIsRejected() {
    assertThatThrownBy(() -> RowMapper.of(Runnable.class))
        .hasMessageContaining("Expected a record or a class that can be instantiated");
    assertThatThrownBy(() -> json(Text.class, "{'id':1}"))
        .hasMessageContaining("Expected a property of")
        .hasMessageContaining("[id]");
    assertThatThrownBy(() -> json(Text.class, "{'VALUE':'a','val_ue':'b'}"))
        .hasMessageContaining("Expected one column for value but there are");
    assertThatThrownBy(() -> json(One.class, "{'value':1}"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("Expected a type that a column can be converted to but got T");
  }

  @Test
  void mapsContainTheValuesOfTheMessage() {
    Map<String, Object> plain =
        PlainRows.map(row("{'id':1,'price':'1.5','note':null,'f':0.5}"), ChangeFormat.JSON);

    assertThat(plain.toString()).isEqualTo("{id=1, price=1.5, note=null, f=0.5}");
    assertThat(plain.get("id")).isEqualTo(1L);
  }

  private static <T> T value(Class<T> type, String value, ChangeFormat format) {
    return map(type, "{'value':" + value + "}", format);
  }

  private static <T> T json(Class<T> type, String row) {
    return map(type, row, ChangeFormat.JSON);
  }

  private static <T> T map(Class<T> type, String row, ChangeFormat format) {
    return RowMapper.of(type).map(row(row), format);
  }

  /** Takes JSON with single quotes instead of double quotes. */
  private static Map<String, JsonNode> row(String json) {
    try {
      Map<String, JsonNode> row = new LinkedHashMap<>();
      ((ObjectNode) MessageJson.document(json.replace('\'', '"')))
          .properties()
          .forEach(cell -> row.put(cell.getKey(), cell.getValue()));
      return row;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
