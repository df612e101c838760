package io.binlogbroker.engine.format;

/**
 * Where a row came from, for whoever has to say so. Each row has one: it holds file and offset
 * itself, rather than a BinlogPosition, which would be another object per row.
 *
 * @param row index within its event, or within its compressed transaction, from 0
 * @param offset in the file of the event that carries the row
 */
public record RowPlace(String schema, String table, int row, String file, long offset) {
  @Override
  public String toString() {
    return schema + "." + table + " row " + row + " at " + file + ":" + offset;
  }
}
