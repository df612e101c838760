package io.binlogbroker.binlog.row.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.text.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryJsonTest {
  private static String text(String hex) {
    byte[] bytes = new Bytes().hex(hex).array();
    Utf8Buffer out = new Utf8Buffer();
    new BinaryJson().walk(bytes, 0, bytes.length, new JsonWriter(out));
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "05 ffff                        | -1",
        "06 ffff                        | 65535",
        "08 ffffffff                    | 4294967295",
        "09 0000000000000080            | -9223372036854775808",
        "0a ffffffffffffffff            | 18446744073709551615",
        "0b 000000000000f03f            | 1.0",
        "0c 05 22 5c 0a 1f 61           | \"\\\"\\\\\\n\\u001fa\"",
        "0c 02 c3 28                    | \"\uFFFD(\"",
        "02 0200 0a00 04 0000 05 0100   | [null,1]",
        "00 0000 0400                   | {}",
        "00 0100 0b00 0b00 0000 04 0100 | {\"\":true}",
        "0f f6 04 04 02 8c 1e           | 12.30",
        "0f f6 09 0e 05 7ffffffffe7960  | -0.99999",
        "0f f6 10 1f 1f 80bc614f00bc614f00bc614f007b | 0.0123456790123456790123456790123",
        "0f f6 20 42 1e 85f5e0ff3b9ac9ff3b9ac9ff3b9ac9ff3b9ac9ff3b9ac9ff3b9ac9ff03e7"
            + " | 99999999999999999999999999999999999.999999999999999999999999999999",
        "0f f6 22 48 00 800000633b9ac9ff3b9ac9ff3b9ac9ff3b9ac9ff3b9ac9ff3b9ac9ff3b9ac9ff"
            + " | 99999999999999999999999999999999999999999999999999999999999999999",
        "0f fc 02 dead                  | \"base64:type252:3q0=\"",
        "0f 0b 08 ffffffffffffffff      | \"-00:00:00.000001\"",
      })
  void valuesAreWrittenAsTheServerPrintsThem(String hex, String json) {
    assertThat(text(hex)).isEqualTo(json);
  }

  @Test
  void decimalWithMoreDigitsThanServersComputeIsRejected() {
    assertThatThrownBy(() -> text("0f f6 26 52 00" + "00".repeat(36)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("JSON decimal(82,0)");
  }

  @ParameterizedTest
  @CsvSource({
    "1e15, 1e15",
    "123456789012345, 123456789012345.0",
    "1234567890123456, 1.234567890123456e15",
    "0.001, 0.001",
    "1e-15, 0.000000000000001",
    "1e-16, 1e-16",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "-0.0, -0.0",
    "-1.5e20, -1.5e20",
    "100, 100.0"
  })
  void doublesRoundTrip(double value, String json) {
    Utf8Buffer out = new Utf8Buffer();

    JsonText.real(value, out);

    String text = new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
    assertThat(text).isEqualTo(json);
    assertThat(Double.parseDouble(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10",
        "04 07",
        "05 01",
        "0c ff",
        "0c 05 61",
        "0b 000000000000f07f",
        "02 0100 ff00 05 0100",
        "02 ff00 0400",
        "02 0100 0700 0c 0900",
        "02 0100 0700 02 0000",
        "03 ffffff7f ffffff7f",
        "0f f6 02 0402",
        "0c 80 80 80 80 80 01"
      })
  void malformedDocumentIsRejected(String hex) {
    assertThatThrownBy(() -> text(hex)).isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void documentWithOverlappingValuesIsRejectedEarly() {
    // An array of 8 elements that are all the same array, nested 20 levels deep.
    Bytes bytes = new Bytes().u8(2);
    int size = 4 + 8 * 3;
    for (int level = 0; level < 20; level++) {
      bytes.number(8, 2).number((long) (20 - level) * size, 2);
      for (int i = 0; i < 8; i++) {
        bytes.u8(2).number(size, 2);
      }
    }

    assertThatThrownBy(() -> text(java.util.HexFormat.of().formatHex(bytes.array())))
        .isInstanceOf(MalformedBytesException.class);
  }
}
