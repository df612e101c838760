package io.binlogbroker.binlog.row.json;

import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.column.WireType;
import io.binlogbroker.binlog.row.text.DecimalText;
import io.binlogbroker.binlog.row.text.Utf8Buffer;
import java.util.Arrays;
import java.util.Base64;

/** Writes a {@link BinaryJson} document as compact text. One thread. */
final class JsonWriter implements BinaryJson.Visitor {
  private final Utf8Buffer out;
  private final DecimalText decimal = new DecimalText();
  private boolean first;

  JsonWriter(Utf8Buffer out) {
    this.out = out;
  }

  @Override
  public void beginObject() {
    out.ascii('{');
    first = true;
  }

  @Override
  public void key(byte[] bytes, int from, int to) {
    element();
    JsonText.string(bytes, from, to, out);
    out.ascii(':');
  }

  @Override
  public void endObject() {
    out.ascii('}');
    first = false;
  }

  @Override
  public void beginArray() {
    out.ascii('[');
    first = true;
  }

  @Override
  public void element() {
    if (!first) {
      out.ascii(',');
    }
    first = false;
  }

  @Override
  public void endArray() {
    out.ascii(']');
    first = false;
  }

  @Override
  public void literal(String text) {
    out.ascii(text);
  }

  @Override
  public void integer(long value) {
    JsonText.integer(value, out);
  }

  @Override
  public void unsigned(long value) {
    JsonText.unsigned(value, out);
  }

  @Override
  public void real(double value) {
    JsonText.real(value, out);
  }

  @Override
  public void string(byte[] bytes, int from, int to) {
    JsonText.string(bytes, from, to, out);
  }

  @Override
  public void opaque(int type, byte[] bytes, int from, int to) {
    switch (type) {
      case WireType.NEWDECIMAL -> decimal(bytes, from, to);
      case WireType.DATE -> dateTime(packed(bytes, from, to), true);
      case WireType.DATETIME, WireType.TIMESTAMP -> dateTime(packed(bytes, from, to), false);
      case WireType.TIME -> time(packed(bytes, from, to));
      default -> base64(type, bytes, from, to);
    }
  }

  private void decimal(byte[] bytes, int from, int to) {
    if (to - from < 2) {
      throw new MalformedBytesException("JSON decimal of " + (to - from) + " bytes");
    }
    int precision = bytes[from] & 0xFF;
    int scale = bytes[from + 1] & 0xFF;
    if (!DecimalText.isComputable(precision, scale)
        || DecimalText.bytes(precision, scale) != to - from - 2) {
      throw new MalformedBytesException(
          "JSON decimal(%d,%d) of %d bytes".formatted(precision, scale, to - from));
    }
    decimal.read(bytes, from + 2, precision, scale);
    out.bytes(decimal.text(), decimal.offset(), decimal.length());
  }

  private static long packed(byte[] bytes, int from, int to) {
    if (to - from != 8) {
      throw new MalformedBytesException("JSON date or time of " + (to - from) + " bytes, not 8");
    }
    return Endian.i64(bytes, from);
  }

  private void dateTime(long packed, boolean dateOnly) {
    if (packed < 0) {
      throw new MalformedBytesException("JSON date is negative");
    }
    long date = packed >> 41;
    long yearMonth = date >> 5;
    if (yearMonth / 13 > 9999) {
      throw new MalformedBytesException("JSON date has year " + yearMonth / 13);
    }
    out.ascii('"');
    out.digits(yearMonth / 13, 4);
    out.ascii('-');
    out.digits(yearMonth % 13, 2);
    out.ascii('-');
    out.digits(date & 31, 2);
    if (!dateOnly) {
      out.ascii(' ');
      timeOfDay(packed >> 36 & 31, 2, packed);
    }
    out.ascii('"');
  }

  private void time(long packed) {
    long size = Math.abs(packed);
    long hours = size >> 36 & 0x3FF;
    out.ascii('"');
    if (packed < 0) {
      out.ascii('-');
    }
    timeOfDay(hours, hours > 99 ? 3 : 2, size);
    out.ascii('"');
  }

  private void timeOfDay(long hours, int digits, long packed) {
    long micros = packed & 0xFFFFFF;
    if (hours > 999 || (packed >> 30 & 63) > 59 || (packed >> 24 & 63) > 59 || micros > 999_999) {
      throw new MalformedBytesException("JSON time %#x".formatted(packed));
    }
    out.digits(hours, digits);
    out.ascii(':');
    out.digits(packed >> 30 & 63, 2);
    out.ascii(':');
    out.digits(packed >> 24 & 63, 2);
    out.ascii('.');
    out.digits(micros, 6);
  }

  private void base64(int type, byte[] bytes, int from, int to) {
    out.ascii("\"base64:type");
    JsonText.integer(type, out);
    out.ascii(':');
    byte[] encoded = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, to));
    out.bytes(encoded, 0, encoded.length);
    out.ascii('"');
  }
}
