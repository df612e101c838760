package io.binlogbroker.engine.format.trim;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;

/**
 * The byte ranges of the cells of a row image in a message, or of the names of its columns.
 * Immutable.
 */
public interface CellList {
  /** Offset of the first byte of the list, including its opening bytes. */
  int start();

  /** Offset after the last byte of the list. */
  int end();

  /** The cells in the order of the message. */
  List<Cell> cells();

  /** Writes the list without some of the columns, as its format does. */
  void write(byte[] message, Collection<String> without, ByteArrayOutputStream out);

  /** The cells of all other columns. */
  default List<Cell> cellsWithout(Collection<String> columns) {
    return cells().stream().filter(cell -> !columns.contains(cell.column())).toList();
  }

  /**
   * One cell, including its name if the name precedes it.
   *
   * @param end offset after its last byte
   */
  record Cell(String column, int start, int end) {
    public int length() {
      return end - start;
    }
  }
}
