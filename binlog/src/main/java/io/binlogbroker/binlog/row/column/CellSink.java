package io.binlogbroker.binlog.row.column;

/**
 * Receives the cells of a row image, without an object per cell. Array slices are valid only during
 * the call. Called on the thread that reads the stream.
 */
public interface CellSink {
  /** The cell is NULL. There is no call for a cell that the image does not contain. */
  void nullCell(Column column);

  /** TINYINT to BIGINT, signed or unsigned, if the value fits a signed long; YEAR (0 = 0000). */
  void integer(Column column, long value);

  /** BIGINT UNSIGNED and BIT(n): 64 bits, to be interpreted as unsigned. */
  void unsigned(Column column, long value);

  void float32(Column column, float value);

  void float64(Column column, double value);

  /** The digits in ASCII, such as {@code -12.30}, with the column's number of decimals. */
  void decimal(Column column, byte[] ascii, int offset, int length);

  /**
   * CHAR, VARCHAR, TEXT, UUID, INET4, INET6: valid UTF-8, regardless of the column's character set.
   */
  void text(Column column, byte[] utf8, int offset, int length);

  /** BINARY (padded back to its length), VARBINARY, BLOB. */
  void binary(Column column, byte[] bytes, int offset, int length);

  /**
   * @param ordinal from 1; 0 is the error value, the empty string
   */
  void enumeration(Column column, int ordinal);

  /**
   * @param bits bit 0 is the first label
   */
  void set(Column column, long bits);

  /** Zero and partial dates are passed unchanged. */
  void date(Column column, int year, int month, int day);

  /** Date and time of day without a time zone; {@code micros} is the fraction of the second. */
  void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros);

  /**
   * @param seconds since the epoch, UTC; 0 with no micros is MySQL's zero timestamp
   */
  void timestamp(Column column, long seconds, int micros);

  void time(Column column, boolean negative, int hours, int minutes, int seconds, int micros);

  /** A JSON document as compact UTF-8 text: no spaces, keys in stored order, numbers exact. */
  void json(Column column, byte[] utf8, int offset, int length);

  /** A geometry: its SRID and well-known binary (WKB). */
  void geometry(Column column, long srid, byte[] wkb, int offset, int length);

  /** A vector: little-endian 32-bit floats. */
  void vector(Column column, byte[] floats, int offset, int length);
}
