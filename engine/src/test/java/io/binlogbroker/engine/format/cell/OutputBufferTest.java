package io.binlogbroker.engine.format.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputBufferTest {
  private final OutputBuffer out = new OutputBuffer();

  @ParameterizedTest
  @ValueSource(
      longs = {0, 9, 10, 99, 100, 101, -1, -10, 999_999_999_999L, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersMatchJava(long value) {
    out.number(value);

    assertThat(text()).isEqualTo(Long.toString(value));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, -10})
  void unsignedNumbersHaveAll64Bits(long value) {
    out.unsigned(value);

    assertThat(text()).isEqualTo(Long.toUnsignedString(value));
  }

  @Test
  void randomNumbersOfEveryLengthMatchJava() {
    Random random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      long value = random.nextLong() >> random.nextInt(Long.SIZE);
      out.clear();
      out.number(value);
      out.put(' ');
      out.unsigned(value);
      assertThat(text()).isEqualTo(value + " " + Long.toUnsignedString(value));
    }
  }

  @Test
  void fractionsHaveTheDigitsOfTheirColumn() {
    for (int digits = 1; digits <= 6; digits++) {
      out.fraction(123456, digits);
      out.put(' ');
    }

    assertThat(text()).isEqualTo("1 12 123 1234 12345 123456 ");
  }

  @Test
  void base64OfEveryLengthMatchesJava() {
    Random random = new Random(5);
    for (int length = 0; length < 70; length++) {
      byte[] source = new byte[length + 5];
      random.nextBytes(source);
      byte[] slice = Arrays.copyOfRange(source, 2, 2 + length);
      out.clear();
      out.base64(source, 2, length);
      assertThat(text()).isEqualTo(Base64.getEncoder().encodeToString(slice));
    }
  }

  @Test
  void escapingDoesNotDependOnThePositionOfAByte() {
    for (int b = 0; b < 0x80; b++) {
      for (int place = 0; place < 17; place++) {
        String given = "é".repeat(place) + (char) b + "x".repeat(16 - place);
        byte[] utf8 = given.getBytes(StandardCharsets.UTF_8);
        out.clear();
        out.jsonString(utf8, 0, utf8.length);
        assertThat(text()).isEqualTo('"' + escapedSlowly(given) + '"');
      }
    }
  }

  @Test
  void neighbouringSpecialBytesAreAllEscaped() {
    Random random = new Random(17);
    char[] letters = {'"', '\\', '\n', '!', '#', '[', ']', 'a', ' ', '\u001f', '\u0000', '单'};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder given = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        given.append(letters[random.nextInt(letters.length)]);
      }
      byte[] utf8 = given.toString().getBytes(StandardCharsets.UTF_8);
      out.clear();
      out.jsonEscaped(utf8, 0, utf8.length);
      assertThat(text()).isEqualTo(escapedSlowly(given.toString()));
    }
  }

  @Test
  void theArrayOfAHugeMessageIsReleasedAfterSmallMessages() {
    byte[] huge = new byte[5 * OutputBuffer.KEPT];
    out.put(huge);
    int grown = out.capacity();

    out.clear();
    out.put('x');
    out.clear();

    assertThat(out.capacity()).isLessThan(OutputBuffer.KEPT);
    assertThat(grown).isGreaterThanOrEqualTo(huge.length);
  }

  @Test
  void anArrayOfMediumSizeIsKept() {
    out.put(new byte[OutputBuffer.KEPT / 2]);
    int grown = out.capacity();

    out.clear();
    out.clear();

    assertThat(out.capacity()).isEqualTo(grown);
  }

  private String text() {
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  private static String escapedSlowly(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\b' -> escaped.append("\\b");
        case '\t' -> escaped.append("\\t");
        case '\n' -> escaped.append("\\n");
        case '\f' -> escaped.append("\\f");
        case '\r' -> escaped.append("\\r");
        default -> escaped.append(c < 0x20 ? String.format("\\u%04x", (int) c) : "" + c);
      }
    }
    return escaped.toString();
  }
}
