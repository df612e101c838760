package io.binlogbroker.binlog.row.column;

/** The binary format of a cell. Several formats can have the same {@link ColumnType}. */
public enum CellKind {
  I8,
  U8,
  I16,
  U16,
  I24,
  U24,
  I32,
  U32,
  I64,
  U64,
  YEAR,
  FLOAT,
  DOUBLE,
  DECIMAL,
  BIT,
  ENUM,
  SET,
  DATE,
  DATETIME2,
  TIMESTAMP2,
  TIME2,
  /** Before MySQL 5.6: whole seconds as decimal digits. */
  OLD_DATETIME,
  OLD_TIMESTAMP,
  OLD_TIME,
  /** MariaDB's formats with fractions, big-endian counts of fractions of a second. */
  HIRES_DATETIME,
  HIRES_TIMESTAMP,
  HIRES_TIME,
  TEXT,
  BYTES,
  /** Bytes whose trailing zeros the log omits. */
  PADDED_BYTES,
  COMPRESSED_TEXT,
  COMPRESSED_BYTES,
  GEOMETRY,
  VECTOR,
  JSON,
  UUID,
  INET4,
  INET6,
  /** A column that rows never contain, such as those of functional indexes. */
  HIDDEN
}
