package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Formats cells as the expected results of the captures: {@code u:} before hexadecimal UTF-8. */
public final class ServerTextSink implements CellSink {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Map<Integer, String> cells = new TreeMap<>();

  /** Returns the cells since the last call, by column; NULL is {@code NULL}. */
  public Map<Integer, String> take() {
    Map<Integer, String> taken = new TreeMap<>(cells);
    cells.clear();
    return taken;
  }

  private void add(Column column, String text) {
    if (cells.put(column.index(), text) != null) {
      throw new AssertionError("Column " + column + " was pushed twice");
    }
  }

  private static String utf8(byte[] bytes, int offset, int length) {
    return "u:" + HEX.formatHex(bytes, offset, offset + length);
  }

  private static String utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return utf8(bytes, 0, bytes.length);
  }

  private static String bytes(byte[] bytes, int offset, int length) {
    return "x:" + HEX.formatHex(bytes, offset, offset + length);
  }

  private static String fraction(Column column, int micros) {
    String six = "%06d".formatted(micros);
    return column.decimals() == 0 ? "" : "." + six.substring(0, column.decimals());
  }

  @Override
  public void nullCell(Column column) {
    add(column, "NULL");
  }

  @Override
  public void integer(Column column, long value) {
    add(column, column.type() == ColumnType.YEAR ? "%04d".formatted(value) : "" + value);
  }

  @Override
  public void unsigned(Column column, long value) {
    add(column, Long.toUnsignedString(value));
  }

  @Override
  public void float32(Column column, float value) {
    add(column, Double.toString(value));
  }

  @Override
  public void float64(Column column, double value) {
    add(column, Double.toString(value));
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    add(column, new String(ascii, offset, length, StandardCharsets.US_ASCII));
  }

  @Override
  public void text(Column column, byte[] utf8, int offset, int length) {
    boolean address =
        switch (column.type()) {
          case UUID, INET4, INET6 -> true;
          default -> false;
        };
    String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
    add(column, address ? text : utf8(utf8, offset, length));
  }

  @Override
  public void binary(Column column, byte[] bytes, int offset, int length) {
    add(column, bytes(bytes, offset, length));
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    add(column, utf8(ordinal == 0 ? "" : column.labels().get(ordinal - 1)));
  }

  @Override
  public void set(Column column, long bits) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < column.labels().size(); i++) {
      if ((bits >>> i & 1) != 0) {
        chosen.add(column.labels().get(i));
      }
    }
    add(column, utf8(String.join(",", chosen)));
  }

  @Override
  public void date(Column column, int year, int month, int day) {
    add(column, "%04d-%02d-%02d".formatted(year, month, day));
  }

  @Override
  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    add(
        column,
        "%04d-%02d-%02d %02d:%02d:%02d".formatted(year, month, day, hour, minute, second)
            + fraction(column, micros));
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    String whole =
        seconds == 0
            ? "0000-00-00 00:00:00"
            : java.time.LocalDateTime.ofEpochSecond(seconds, 0, java.time.ZoneOffset.UTC)
                .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
    add(column, whole + fraction(column, micros));
  }

  @Override
  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    add(
        column,
        (negative ? "-" : "")
            + "%02d:%02d:%02d".formatted(hours, minutes, seconds)
            + fraction(column, micros));
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    add(column, utf8(utf8, offset, length));
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    String littleEndian = HEX.toHexDigits(Integer.reverseBytes((int) srid));
    add(column, "x:" + littleEndian + HEX.formatHex(wkb, offset, offset + length));
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    add(column, bytes(floats, offset, length));
  }
}
