package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import java.util.zip.Checksum;

/**
 * The rows of one rows event, read one by one; nothing is decoded before {@link #next}. Valid until
 * the next event is read; one thread.
 */
public interface Rows {
  /** The kind of change in a rows event. */
  enum Action {
    INSERT,
    UPDATE,
    DELETE
  }

  /** The table, available without its column names. */
  TableMap table();

  Action action();

  /**
   * The columns of the rows.
   *
   * @throws SchemaException if no known column list matches the TABLE_MAP or suffices for the rows
   *     of this event
   */
  RowPlan plan();

  /**
   * Moves to the next row.
   *
   * @return false after the last row
   */
  boolean next();

  /** Index of the current row within the event, from 0; -1 before the first. */
  int index();

  /**
   * Skips the remaining rows. Requires only their lengths.
   *
   * @return the number of rows skipped
   * @throws SchemaException if {@link #plan} was not compiled and {@link TableMap#tellsLengths} is
   *     false
   */
  int skip();

  /**
   * Number of decompressed bytes of all rows: the same for the same rows, however they are split
   * into events. Rows without bytes count as one byte.
   */
  int bytes();

  /** Number of these bytes up to the end of the current row; 0 before the first. */
  int bytesRead();

  /** Adds a range of these bytes to a checksum, without reading their rows. */
  void feed(Checksum sum, int from, int to);

  /** The before image, for UPDATE and DELETE. */
  RowImage before();

  /** The after image, for INSERT and UPDATE. */
  RowImage after();
}
