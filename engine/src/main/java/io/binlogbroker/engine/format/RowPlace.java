package io.binlogbroker.engine.format;

/**
 * The origin of a row, for messages and errors. There is one per row, so it has file and offset as
 * fields: a BinlogPosition would be another object per row.
 *
 * @param row index within its event, or within its compressed transaction, from 0
 * @param offset in the file of the event that contains the row
 */
public record RowPlace(String schema, String table, int row, String file, long offset) {
  @Override
  public String toString() {
    return schema + "." + table + " row " + row + " at " + file + ":" + offset;
  }
}
