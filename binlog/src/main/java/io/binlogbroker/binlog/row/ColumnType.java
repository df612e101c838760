package io.binlogbroker.binlog.row;

/**
 * What a column's cells are, in MySQL's words; each names the call that a {@link CellSink} gets.
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
  /** CHAR, VARCHAR and the TEXTs: anything with a character set of its own. */
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
