package io.binlogbroker.engine.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionJsonTest {
  private static final String WHOLE =
      "{\"file\":\"binlog.000002\",\"pos\":398587718,\"gtid_set\":\"7d49b361:1-5:7\","
          + "\"rows_events\":2,\"rows\":3,\"server_uuid\":\"7d49b361\",\"epoch\":\"f3a1\","
          + "\"saved_at\":\"2026-11-22T08:24:00Z\"}";

  @Test
  void aPositionIsOneReadableLine() {
    Position position =
        new Position(
            new BinlogPosition("binlog.000002", 398587718),
            "7d49b361:1-5:7",
            2,
            3,
            "7d49b361",
            "f3a1");

    byte[] json = PositionJson.write(position, Instant.parse("2026-11-22T08:24:00Z"));

    assertThat(new String(json, UTF_8)).isEqualTo(WHOLE);
  }

  @Test
  void aWrittenPositionIsReadBack() {
    Position position =
        new Position(new BinlogPosition("mariadb-bin.000001", 1L << 40), null, 0, 0, null, "f3a1");

    byte[] json = PositionJson.write(position, Instant.EPOCH);

    assertThat(read(new String(json, UTF_8))).isEqualTo(position);
  }

  @Test
  void deliveredRowsAndFileCreationTimeAreReadBack() {
    DeliveredRows delivered = new DeliveredRows("7d49b361:8", 1L << 33, 0xFFFF_FFFFL);
    Position position =
        new Position(
            new BinlogPosition("b.000002", 4),
            "7d49b361:1-7",
            2,
            3,
            delivered,
            "7d49b361",
            17,
            "f3a1");

    String json = new String(PositionJson.write(position, Instant.EPOCH), UTF_8);

    assertThat(read(json)).isEqualTo(position);
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> read(json.replaceFirst("\"row_crc\":\\d+,", "")))
        .withMessageContaining("lacks \"row_crc\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "pos", "gtid_set", "rows_events", "rows", "server_uuid", "epoch"})
  void aMissingKeyIsRefused(String key) {
    String json = WHOLE.replaceFirst("\"" + key + "\":(\"[^\"]*\"|\\d+),", "");

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining("the test lacks \"" + key + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"pos\":398587718   | \"pos\":\"398587718\" | integer of at least 4 as \"pos\"",
        "\"pos\":398587718   | \"pos\":3             | integer of at least 4 as \"pos\", not 3",
        "\"pos\":398587718   | \"pos\":1.5           | as \"pos\", not 1.5",
        "\"pos\":398587718   | \"pos\":99999999999999999999 | as \"pos\"",
        "\"rows\":3          | \"rows\":-1           | integer of at least 0 as \"rows\", not -1",
        "\"epoch\":\"f3a1\"  | \"epoch\":\"\"        | non-empty string as \"epoch\"",
        "\"epoch\":\"f3a1\"  | \"epoch\":null        | as \"epoch\", not null",
        "\"rows\":3          | \"rows\":3,\"color\":1 | unknown key \"color\"",
        "\"rows\":3          | \"rows\":3,\"rows\":4 | is not JSON",
        "08:24:00Z           | later                 | a time like",
      })
  void anInvalidValueIsRefused(String right, String wrong, String complaint) {
    String json = WHOLE.replace(right, wrong);

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining(complaint)
        .satisfies(e -> assertThat(e.isRetriable()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "7", "{} {}"})
  void textThatIsNotAPositionIsRefused(String json) {
    assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> read(json));
  }

  private static Position read(String json) {
    return PositionJson.read(json.getBytes(UTF_8), "the test");
  }
}
