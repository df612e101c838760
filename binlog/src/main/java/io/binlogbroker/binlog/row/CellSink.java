package io.binlogbroker.binlog.row;

/**
 * Receives the cells of a row image one after the other, without an object per cell. Array slices
 * are valid during the call only. Called by the thread that reads the stream.
 */
public interface CellSink {
  /** The cell is NULL. (A cell that the image lacks is not announced at all.) */
  void nullCell(Column column);

  /** TINYINT to BIGINT, signed or not, where the value fits a signed long; YEAR (0 = 0000). */
  void integer(Column column, long value);

  /** BIGINT UNSIGNED and BIT(n): 64 bits to be read as unsigned. */
  void unsigned(Column column, long value);

  void float32(Column column, float value);

  void float64(Column column, double value);

  /**
   * All digits in ASCII, as {@code -12.30}; as many behind the point as the column has decimals.
   */
  void decimal(Column column, byte[] ascii, int offset, int length);

  /** CHAR, VARCHAR, TEXT, UUID, INET4, INET6: valid UTF-8, whatever the column's character set. */
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

  /** Zero and partial dates come as they are. */
  void date(Column column, int year, int month, int day);

  /** Date and time of day without a zone; {@code micros} behind the second. */
  void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros);

  /**
   * @param seconds since the epoch, UTC; 0 with no micros is MySQL's zero timestamp
   */
  void timestamp(Column column, long seconds, int micros);

  void time(Column column, boolean negative, int hours, int minutes, int seconds, int micros);

  /** A JSON document as compact UTF-8 text: no spaces, keys in stored order, numbers exact. */
  void json(Column column, byte[] utf8, int offset, int length);

  /** A geometry: well-known binary behind its reference system's id. */
  void geometry(Column column, long srid, byte[] wkb, int offset, int length);

  /** A vector: little-endian 32-bit floats. */
  void vector(Column column, byte[] floats, int offset, int length);
}
