package io.binlogbroker.engine.format.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
  private final ShortestDecimal shortest = new ShortestDecimal();
  private final OutputBuffer out = new OutputBuffer();

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-1, -1.0",
    "0.1, 0.1",
    "100, 100.0",
    "0.001, 0.001",
    "0.00123, 0.00123",
    "0.0009999, 9.999E-4",
    "9999999, 9999999.0",
    "1e7, 1.0E7",
    "12345678, 1.2345678E7",
    "1234567.5, 1234567.5",
    "1e100, 1.0E100",
    "2e23, 2.0E23",
    "2.0E-3, 0.002",
    "1.1e-44, 1.1E-44",
    "4.9e-324, 4.9E-324",
    "9.9E-324, 9.9E-324",
    "1.5E-323, 1.5E-323",
    "2.2250738585072014E-308, 2.2250738585072014E-308",
    "1.7976931348623157E308, 1.7976931348623157E308",
    "9007199254740991, 9.007199254740991E15",
    "9007199254740993, 9.007199254740992E15",
    "2.2E-322, 2.2E-322",
    "8.41E21, 8.41E21",
    "5.0E-324, 4.9E-324",
    "9.5367431640625E-7, 9.5367431640625E-7",
    "1.9400994884341945E25, 1.9400994884341945E25"
  })
  void doublesAreWrittenAsNewerJavaPrintsThem(double value, String expected) {
    assertThat(text(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "0.1, 0.1",
    "3.4028235E38, 3.4028235E38",
    "1.4E-45, 1.4E-45",
    "1.17549435E-38, 1.1754944E-38",
    "33554432, 3.3554432E7",
    "1.1e-44, 1.1E-44",
    "8388608, 8388608.0",
    "1.0E10, 1.0E10",
    "0.3, 0.3",
    "1.0E-3, 0.001",
    "9.8E-45, 9.8E-45"
  })
  void floatsAreWrittenAsNewerJavaPrintsThem(float value, String expected) {
    assertThat(text(value)).isEqualTo(expected);
  }

  @Test
  void everyDoubleRoundTripsAndNoShorterTextWould() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertShortest(value);
      }
    }
  }

  @Test
  void powersOfTwoAndTheirNeighboursRoundTrip() {
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
      double power = Math.scalb(1.0, exponent);
      assertShortest(power);
      assertShortest(Math.nextUp(power));
      assertShortest(Math.nextDown(power));
    }
  }

  @Test
  void everyFloatRoundTripsAndIsNeverLongerThanJavasText() {
    Random random = new Random(11);
    for (int i = 0; i < 200_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        String text = text(value);
        assertThat(Float.parseFloat(text)).isEqualTo(value);
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Float.toString(value)));
      }
    }
  }

  private void assertShortest(double value) {
    String text = text(value);
    if (Double.parseDouble(text) != value || digits(text) > digits(Double.toString(value))) {
      throw new AssertionError(text + " for " + Double.toHexString(value));
    }
  }

  /** The number of digits; Java's notation has at least two. */
  private static int digits(String text) {
    return Math.max(2, new BigDecimal(text).stripTrailingZeros().precision());
  }

  private String text(double value) {
    out.clear();
    shortest.write(value, out);
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }

  private String text(float value) {
    out.clear();
    shortest.write(value, out);
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }
}
