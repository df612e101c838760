package io.binlogbroker.binlog.row;

import java.util.List;

/**
 * One column of a table as the TABLE_MAP and the names of its schema describe it.
 *
 * @param index place in the table, from 0
 * @param name as the server stores it
 * @param type what the cells are
 * @param unsigned whether an integer, FLOAT, DOUBLE or DECIMAL was declared UNSIGNED
 * @param nullable whether the column may be NULL
 * @param precision all digits of a DECIMAL, bits of a BIT, bytes of a BINARY; else 0
 * @param decimals digits behind the point of a DECIMAL or of a second; else 0
 * @param labels of an ENUM or SET, in order; else empty
 */
public record Column(
    int index,
    String name,
    ColumnType type,
    boolean unsigned,
    boolean nullable,
    int precision,
    int decimals,
    List<String> labels) {

  public Column {
    labels = List.copyOf(labels);
  }
}
