package io.binlogbroker.binlog.row;

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
   * @throws SchemaException when nothing that is known of the table fits its TABLE_MAP
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
   * Passes over the rows that are left, without asking for the names of columns.
   *
   * @return how many there were
   */
  int skip();

  /** The row as it was; for UPDATE and DELETE. */
  RowImage before();

  /** The row as it is now; for INSERT and UPDATE. */
  RowImage after();
}
