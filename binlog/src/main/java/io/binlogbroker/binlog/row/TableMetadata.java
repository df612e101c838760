package io.binlogbroker.binlog.row;

import org.jspecify.annotations.Nullable;

/**
 * The optional metadata of a TABLE_MAP, by table column; null where the server did not write it (or
 * wrote it in a way that has two readings). Arrays are not to be changed.
 *
 * @param unsigned of each column; false for what is not numeric
 * @param collations of each column with a character set, ENUM and SET too; 0 where not told
 * @param names of each column
 * @param labels of each ENUM and SET column, in its own character set
 * @param primaryKey column indexes in key order
 * @param visible whether a plain SELECT * shows the column
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

  /** 0 when it is not told. */
  int collation(int column) {
    return collations == null ? 0 : collations[column];
  }

  byte @Nullable [][] labels(int column) {
    return labels == null ? null : labels[column];
  }
}
