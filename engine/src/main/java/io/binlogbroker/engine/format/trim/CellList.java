package io.binlogbroker.engine.format.trim;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;

/** Where the cells of a row image stand in a message, or the names of its columns. Immutable. */
public interface CellList {
  /** Its first byte, with what opens it. */
  int start();

  /** Behind its last byte. */
  int end();

  /** In the message's order. */
  List<Cell> cells();

  /** Writes the list without some of the columns, as its format does. */
  void write(byte[] message, Collection<String> without, ByteArrayOutputStream out);

  /** The cells of all other columns. */
  default List<Cell> cellsWithout(Collection<String> columns) {
    return cells().stream().filter(cell -> !columns.contains(cell.column())).toList();
  }

  /**
   * One of them, with its name where that stands before it.
   *
   * @param end behind its last byte
   */
  record Cell(String column, int start, int end) {
    public int length() {
      return end - start;
    }
  }
}
