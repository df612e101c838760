package io.binlogbroker.engine.format;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;

/**
 * Where the cells of a row image stand in a message, or the names of its columns.
 *
 * @param kind how the list is written
 * @param start its first byte, with what opens it
 * @param end behind its last byte
 */
public record CellList(Kind kind, int start, int end, List<Cell> cells) {
  public enum Kind {
    JSON_OBJECT,
    MSGPACK_ARRAY
  }

  /**
   * One of them, with its name where that stands before it.
   *
   * @param end behind its last byte
   */
  public record Cell(String column, int start, int end) {
    public int length() {
      return end - start;
    }
  }

  /** Writes the list without some of the columns. */
  public void write(byte[] message, Collection<String> without, ByteArrayOutputStream out) {
    List<Cell> kept = cells.stream().filter(cell -> !without.contains(cell.column())).toList();
    switch (kind) {
      case JSON_OBJECT -> writeObject(message, kept, out);
      case MSGPACK_ARRAY -> writeArray(message, kept, out);
    }
  }

  private static void writeObject(byte[] message, List<Cell> kept, ByteArrayOutputStream out) {
    char before = '{';
    for (Cell cell : kept) {
      out.write(before);
      out.write(message, cell.start(), cell.length());
      before = ',';
    }
    if (kept.isEmpty()) {
      out.write('{');
    }
    out.write('}');
  }

  private static void writeArray(byte[] message, List<Cell> kept, ByteArrayOutputStream out) {
    OutputBuffer head = new OutputBuffer();
    new Msgpack(head).array(kept.size());
    out.writeBytes(head.toBytes());
    kept.forEach(cell -> out.write(message, cell.start(), cell.length()));
  }
}
