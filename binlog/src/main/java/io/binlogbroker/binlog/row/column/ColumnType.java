package io.binlogbroker.binlog.row.column;

/**
 * The type of a column, in MySQL's terms; each constant names the {@link CellSink} method called.
 */
public enum ColumnType {
  TINYINT,
  SMALLINT,
  MEDIUMINT,
  INT,
  BIGINT,
  YEAR,
  BIT,
  FLOAT,
  DOUBLE,
  DECIMAL,
  /** CHAR, VARCHAR and the TEXTs: all types with a character set. */
  CHAR,
  VARCHAR,
  TEXT,
  BINARY,
  VARBINARY,
  BLOB,
  ENUM,
  SET,
  DATE,
  DATETIME,
  TIMESTAMP,
  TIME,
  JSON,
  GEOMETRY,
  VECTOR,
  UUID,
  INET4,
  INET6
}
