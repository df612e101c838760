package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A cell of a test: what a decoder would push.
 *
 * @param raw represents its bytes in the row image
 */
public record FakeCell(String raw, Push push) {
  interface Push {
    void into(CellSink sink, Column column);
  }

  /**
   * Bytes before and after the value in its array: as in an event, values do not start at offset 0.
   */
  private static final int MARGIN = 3;

  public static final FakeCell NULL = new FakeCell("NULL", (sink, column) -> sink.nullCell(column));

  public static FakeCell integer(long value) {
    return new FakeCell("" + value, (sink, column) -> sink.integer(column, value));
  }

  public static FakeCell unsigned(String value) {
    long bits = Long.parseUnsignedLong(value);
    return new FakeCell(value, (sink, column) -> sink.unsigned(column, bits));
  }

  public static FakeCell float32(float value) {
    return new FakeCell("" + value, (sink, column) -> sink.float32(column, value));
  }

  public static FakeCell float64(double value) {
    return new FakeCell("" + value, (sink, column) -> sink.float64(column, value));
  }

  public static FakeCell decimal(String digits) {
    byte[] ascii = embedded(utf8(digits));
    return new FakeCell(
        digits, (sink, column) -> sink.decimal(column, ascii, MARGIN, digits.length()));
  }

  public static FakeCell text(String text) {
    byte[] utf8 = utf8(text);
    byte[] slice = embedded(utf8);
    return new FakeCell(text, (sink, column) -> sink.text(column, slice, MARGIN, utf8.length));
  }

  public static FakeCell binary(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    byte[] slice = embedded(bytes);
    return new FakeCell(hex, (sink, column) -> sink.binary(column, slice, MARGIN, bytes.length));
  }

  public static FakeCell enumeration(int ordinal) {
    return new FakeCell("" + ordinal, (sink, column) -> sink.enumeration(column, ordinal));
  }

  public static FakeCell set(long bits) {
    return new FakeCell("" + bits, (sink, column) -> sink.set(column, bits));
  }

  public static FakeCell date(int year, int month, int day) {
    return new FakeCell(
        year + "-" + month + "-" + day, (sink, column) -> sink.date(column, year, month, day));
  }

  public static FakeCell dateTime(
      int year, int month, int day, int hour, int minute, int second, int micros) {
    return new FakeCell(
        Arrays.toString(new int[] {year, month, day, hour, minute, second, micros}),
        (sink, column) -> sink.dateTime(column, year, month, day, hour, minute, second, micros));
  }

  public static FakeCell timestamp(long seconds, int micros) {
    return new FakeCell(
        seconds + "." + micros, (sink, column) -> sink.timestamp(column, seconds, micros));
  }

  public static FakeCell time(boolean negative, int hours, int minutes, int seconds, int micros) {
    return new FakeCell(
        negative + Arrays.toString(new int[] {hours, minutes, seconds, micros}),
        (sink, column) -> sink.time(column, negative, hours, minutes, seconds, micros));
  }

  public static FakeCell json(String document) {
    byte[] utf8 = utf8(document);
    byte[] slice = embedded(utf8);
    return new FakeCell(document, (sink, column) -> sink.json(column, slice, MARGIN, utf8.length));
  }

  public static FakeCell geometry(long srid, String hex) {
    byte[] wkb = HexFormat.of().parseHex(hex);
    byte[] slice = embedded(wkb);
    return new FakeCell(
        srid + " " + hex, (sink, column) -> sink.geometry(column, srid, slice, MARGIN, wkb.length));
  }

  public static FakeCell vector(String hex) {
    byte[] floats = HexFormat.of().parseHex(hex);
    byte[] slice = embedded(floats);
    return new FakeCell(hex, (sink, column) -> sink.vector(column, slice, MARGIN, floats.length));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] embedded(byte[] bytes) {
    byte[] larger = new byte[bytes.length + 2 * MARGIN];
    Arrays.fill(larger, (byte) '"');
    System.arraycopy(bytes, 0, larger, MARGIN, bytes.length);
    return larger;
  }
}
