package io.binlogbroker.binlog.row.json;

import io.binlogbroker.binlog.row.text.Utf8Buffer;
import io.binlogbroker.binlog.row.text.Utf8Text;
import java.math.BigDecimal;

/** Writes JSON scalars to a buffer as MySQL prints them. Stateless. */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  /** Doubles with more digits before the point, or more zeros after it, have an exponent. */
  private static final int MAX_PLACES = 15;

  private static final Utf8Text UTF8 = new Utf8Text();

  private JsonText() {}

  /** Writes a quoted string; invalid UTF-8 becomes U+FFFD. */
  static void string(byte[] bytes, int from, int to, Utf8Buffer out) {
    out.ascii('"');
    int i = from;
    while (i < to) {
      int plain = plainEnd(bytes, i, to);
      UTF8.decode(bytes, i, plain, out);
      i = plain;
      if (i < to) {
        escape(bytes[i], out);
        i++;
      }
    }
    out.ascii('"');
  }

  private static int plainEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] < 0 || bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\')) {
      i++;
    }
    return i;
  }

  private static void escape(int character, Utf8Buffer out) {
    out.ascii('\\');
    switch (character) {
      case '"', '\\' -> out.ascii(character);
      case '\b' -> out.ascii('b');
      case '\f' -> out.ascii('f');
      case '\n' -> out.ascii('n');
      case '\r' -> out.ascii('r');
      case '\t' -> out.ascii('t');
      default -> {
        out.ascii("u00");
        out.ascii(HEX.charAt(character >> 4));
        out.ascii(HEX.charAt(character & 15));
      }
    }
  }

  static void integer(long value, Utf8Buffer out) {
    if (value < 0) {
      out.ascii('-');
    }
    unsigned(value < 0 ? -value : value, out);
  }

  static void unsigned(long value, Utf8Buffer out) {
    if (value < 0) {
      out.ascii(Long.toUnsignedString(value));
      return;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    out.digits(value, digits);
  }

  /**
   * Writes text that parses to the same double and not to an integer: {@code 1.0}, {@code 1e100}.
   */
  static void real(double value, Utf8Buffer out) {
    if (value < 0 || 1 / value < 0) {
      out.ascii('-');
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    if (value == 0) {
      out.ascii("0.0");
    } else if (point > MAX_PLACES || point <= -MAX_PLACES) {
      scientific(digits, point - 1, out);
    } else if (point <= 0) {
      out.ascii("0.");
      out.digits(0, -point);
      out.ascii(digits);
    } else {
      plain(digits, point, out);
    }
  }

  private static void scientific(String digits, int exponent, Utf8Buffer out) {
    out.ascii(digits.charAt(0));
    if (digits.length() > 1) {
      out.ascii('.');
      out.ascii(digits.substring(1));
    }
    out.ascii('e');
    integer(exponent, out);
  }

  private static void plain(String digits, int point, Utf8Buffer out) {
    if (digits.length() <= point) {
      out.ascii(digits);
      out.digits(0, point - digits.length());
      out.ascii(".0");
      return;
    }
    out.ascii(digits.substring(0, point));
    out.ascii('.');
    out.ascii(digits.substring(point));
  }
}
