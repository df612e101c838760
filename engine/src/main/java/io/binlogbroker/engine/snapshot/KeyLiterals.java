package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.query.QueryPlan;
import io.binlogbroker.binlog.query.QueryRow;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import io.binlogbroker.binlog.wire.BinaryResult;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Writes the key of a queried row as SQL literals, which the server compares with the key's columns
 * exactly as it compares the stored values: text is in its column's character set and has no
 * collation of its own. One thread.
 */
final class KeyLiterals {
  private final QueryPlan plan;
  private final List<Integer> key;

  /**
   * @param key indexes of the columns
   */
  KeyLiterals(QueryPlan plan, List<Integer> key) {
    this.plan = plan;
    this.key = key;
  }

  /** The literals of the current row, in the key's order. */
  List<String> of(BinaryResult result, QueryRow row) {
    List<String> literals = new ArrayList<>();
    for (int index : key) {
      MysqlCharset charset = plan.charsets().get(index);
      if (charset == null) {
        row.cell(index, new Writer(literals));
      } else {
        int from = result.offset(index);
        String hex = hex(result.array(), from, result.length(index));
        literals.add("_" + charset.name() + " " + hex);
      }
    }
    return literals;
  }

  private static String hex(byte[] bytes, int offset, int length) {
    return "X'" + HexFormat.of().formatHex(bytes, offset, offset + length) + "'";
  }

  /** Writes the cells that are not text; a key has no NULL, JSON, geometry or vector. */
  private record Writer(List<String> literals) implements CellSink {
    private static final DateTimeFormatter SECONDS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    @Override
    public void integer(Column column, long value) {
      literals.add(Long.toString(value));
    }

    @Override
    public void unsigned(Column column, long value) {
      literals.add(Long.toUnsignedString(value));
    }

    /** Every float is exactly a double, as which the server compares it. */
    @Override
    public void float32(Column column, float value) {
      literals.add(Double.toString(value));
    }

    @Override
    public void float64(Column column, double value) {
      literals.add(Double.toString(value));
    }

    @Override
    public void decimal(Column column, byte[] ascii, int offset, int length) {
      literals.add(new String(ascii, offset, length, StandardCharsets.US_ASCII));
    }

    /** Addresses and UUIDs. */
    @Override
    public void text(Column column, byte[] utf8, int offset, int length) {
      literals.add("'" + new String(utf8, offset, length, StandardCharsets.UTF_8) + "'");
    }

    @Override
    public void binary(Column column, byte[] bytes, int offset, int length) {
      literals.add(hex(bytes, offset, length));
    }

    /** Compared by number, which is the order of the index. */
    @Override
    public void enumeration(Column column, int ordinal) {
      literals.add(Integer.toString(ordinal));
    }

    @Override
    public void set(Column column, long bits) {
      literals.add(Long.toUnsignedString(bits));
    }

    @Override
    public void date(Column column, int year, int month, int day) {
      literals.add("'%04d-%02d-%02d'".formatted(year, month, day));
    }

    @Override
    public void dateTime(
        Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
      literals.add(
          "'%04d-%02d-%02d %02d:%02d:%02d.%06d'"
              .formatted(year, month, day, hour, minute, second, micros));
    }

    /** In UTC, the time zone of the session. */
    @Override
    public void timestamp(Column column, long seconds, int micros) {
      String at =
          seconds == 0 && micros == 0
              ? "0000-00-00 00:00:00"
              : SECONDS.format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
      literals.add("'%s.%06d'".formatted(at, micros));
    }

    @Override
    public void time(
        Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
      literals.add(
          "'%s%02d:%02d:%02d.%06d'"
              .formatted(negative ? "-" : "", hours, minutes, seconds, micros));
    }

    @Override
    public void nullCell(Column column) {
      throw noKey(column);
    }

    @Override
    public void json(Column column, byte[] utf8, int offset, int length) {
      throw noKey(column);
    }

    @Override
    public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
      throw noKey(column);
    }

    @Override
    public void vector(Column column, byte[] floats, int offset, int length) {
      throw noKey(column);
    }

    private static IllegalStateException noKey(Column column) {
      return new IllegalStateException(column + " cannot be part of a key");
    }
  }
}
