package io.binlogbroker.binlog.row;

import java.util.zip.Checksum;

/**
 * The rows of one rows event, read one after the other; nothing is decoded before {@link #next}.
 * Valid until the stream moves on; one thread.
 */
public interface Rows {
  /** What a rows event does with its rows. */
  enum Action {
    INSERT,
    UPDATE,
    DELETE
  }

  /** The table, before anything is known about its columns' names. */
  TableMap table();

  Action action();

  /**
   * How the table's rows are decoded.
   *
   * @throws SchemaException when nothing that is known of the table fits its TABLE_MAP, or less
   *     than the rows of this event need
   */
  RowPlan plan();

  /**
   * Moves to the next row.
   *
   * @return false behind the last one
   */
  boolean next();

  /** Index of the present row within the event, from 0; -1 before the first. */
  int index();

  /**
   * Passes over the rows that are left. Asks for nothing but their lengths.
   *
   * @return how many there were
   * @throws SchemaException when neither {@link #plan} was compiled nor {@link
   *     TableMap#tellsLengths}
   */
  int skip();

  /**
   * Bytes of all rows as the event holds them, decompressed: the same for the same rows, however
   * they are cut into events. A row without any counts as one.
   */
  int bytes();

  /** How many of these lie up to the end of the present row; 0 before the first. */
  int bytesRead();

  /** Adds some of these bytes to a sum, without reading their rows. */
  void feed(Checksum sum, int from, int to);

  /** The row as it was; for UPDATE and DELETE. */
  RowImage before();

  /** The row as it is now; for INSERT and UPDATE. */
  RowImage after();
}
