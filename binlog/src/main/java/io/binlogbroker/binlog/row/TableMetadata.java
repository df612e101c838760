package io.binlogbroker.binlog.row;

import org.jspecify.annotations.Nullable;

/**
 * The optional metadata of a TABLE_MAP, by table column; null if the server did not write it or it
 * is ambiguous. Arrays must not be modified.
 *
 * @param unsigned of each column; false if not numeric
 * @param collations of each column with a character set, including ENUM and SET; 0 if unknown
 * @param names of each column
 * @param labels of each ENUM and SET column, in the column's character set
 * @param primaryKey column indexes in key order
 * @param visible whether SELECT * returns the column
 */
record TableMetadata(
    boolean @Nullable [] unsigned,
    int @Nullable [] collations,
    String @Nullable [] names,
    byte @Nullable [] @Nullable [][] labels,
    int @Nullable [] primaryKey,
    boolean @Nullable [] visible) {
  static final TableMetadata NONE = new TableMetadata(null, null, null, null, null, null);

  /** Whether the server wrote binlog_row_metadata=FULL. */
  boolean isFull() {
    return names != null;
  }

  /** The collation; 0 if unknown. */
  int collation(int column) {
    return collations == null ? 0 : collations[column];
  }

  byte @Nullable [][] labels(int column) {
    return labels == null ? null : labels[column];
  }
}
