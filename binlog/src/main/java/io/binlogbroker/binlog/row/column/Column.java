package io.binlogbroker.binlog.row.column;

import java.util.List;

/**
 * A column of a table, as described by TABLE_MAP and schema.
 *
 * @param index position in the table, from 0
 * @param name as the server stores it
 * @param type of the cells
 * @param unsigned whether an integer, FLOAT, DOUBLE or DECIMAL was declared UNSIGNED
 * @param nullable whether the column may be NULL
 * @param precision total digits of a DECIMAL, bits of a BIT, bytes of a BINARY; otherwise 0
 * @param decimals digits after the decimal point of a DECIMAL or of seconds; otherwise 0
 * @param labels of an ENUM or SET, in order; otherwise empty
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
