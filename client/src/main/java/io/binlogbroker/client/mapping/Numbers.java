package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Converts to numbers and booleans, exactly; an inexact conversion is an error. Stateless. */
final class Numbers {
  /** The maximum number of digits that are converted; MySQL's numbers have up to 65. */
  private static final int MAX_DIGITS = 1000;

  private Numbers() {}

  static Object toByte(JsonNode value, ChangeFormat format) {
    return (byte) within(value, format, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  static Object toShort(JsonNode value, ChangeFormat format) {
    return (short) within(value, format, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  static Object toInt(JsonNode value, ChangeFormat format) {
    return (int) within(value, format, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  static Object toLong(JsonNode value, ChangeFormat format) {
    return within(value, format, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long within(JsonNode value, ChangeFormat format, long min, long max) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return checked(value.longValue(), min, max);
    }
    BigInteger whole = whole(value, format);
    if (whole.bitLength() >= Long.SIZE) {
      throw outside(min, max);
    }
    return checked(whole.longValue(), min, max);
  }

  private static long checked(long number, long min, long max) {
    if (number < min || number > max) {
      throw outside(min, max);
    }
    return number;
  }

  private static ConversionException outside(long min, long max) {
    return new ConversionException("expected a number from " + min + " to " + max);
  }

  static BigInteger toBigInteger(JsonNode value, ChangeFormat format) {
    return whole(value, format);
  }

  private static BigInteger whole(JsonNode value, ChangeFormat format) {
    if (value.isBoolean()) {
      return value.booleanValue() ? BigInteger.ONE : BigInteger.ZERO;
    }
    BigDecimal number = exact(value, format);
    if (Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new ConversionException("expected a whole number of at most " + MAX_DIGITS + " digits");
    }
    try {
      return number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new ConversionException("expected a whole number", e);
    }
  }

  /**
   * Converts a DECIMAL.
   *
   * @param fraction the number of fractional digits of the column; -1 if unspecified
   */
  static Object toBigDecimal(JsonNode value, ChangeFormat format, int fraction) {
    if (format != ChangeFormat.DEBEZIUM_JSON || !value.isTextual()) {
      return exact(value, format);
    }
    if (fraction < 0) {
      throw new ConversionException(
          "the message does not contain the number of fractional digits: specify @SourceColumn(fraction = n)");
    }
    byte[] unscaled = Texts.toBytes(value, format);
    if (unscaled.length == 0) {
      throw new ConversionException("expected the unscaled value in base64");
    }
    return new BigDecimal(new BigInteger(unscaled), fraction);
  }

  private static BigDecimal exact(JsonNode value, ChangeFormat format) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    if (!value.isTextual()) {
      throw new ConversionException("expected a number");
    }
    if (format == ChangeFormat.DEBEZIUM_JSON) {
      // Base64 may look like a number.
      throw new ConversionException(
          "a string in this format may be base64, so it is not converted to a number");
    }
    if (value.textValue().length() > MAX_DIGITS) {
      throw new ConversionException("expected a number of at most " + MAX_DIGITS + " digits");
    }
    try {
      return new BigDecimal(value.textValue());
    } catch (NumberFormatException e) {
      throw new ConversionException("expected a number", e);
    }
  }

  static Object toFloat(JsonNode value, ChangeFormat format) {
    float number = value.isFloat() ? value.floatValue() : exact(value, format).floatValue();
    if (Float.isInfinite(number)) {
      throw new ConversionException("expected a number in the range of a float");
    }
    return number;
  }

  static Object toDouble(JsonNode value, ChangeFormat format) {
    double number =
        value.isFloatingPointNumber() && !value.isBigDecimal()
            ? value.doubleValue()
            : exact(value, format).doubleValue();
    if (Double.isInfinite(number)) {
      throw new ConversionException("expected a number in the range of a double");
    }
    return number;
  }

  static Object toBoolean(JsonNode value, ChangeFormat format) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    BigInteger number = whole(value, format);
    if (number.bitLength() > 1 || number.signum() < 0) {
      throw new ConversionException("expected 0 or 1");
    }
    return number.signum() == 1;
  }
}
