package io.binlogbroker.engine.format.trim;

import io.binlogbroker.engine.format.trim.CellList.Cell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cells of a message, some of which can be left out; the rest of the message remains unchanged,
 * byte for byte. Immutable.
 */
public final class MessageCells {
  /**
   * Smallest size in bytes of a cell that can be left out. Cells of keys are smaller: an index has
   * at most 3,072 bytes, and JSON escapes make them at most six times as long.
   */
  public static final int SMALLEST = 20_000;

  private final byte[] message;
  private final List<CellList> lists;

  private MessageCells(byte[] message, List<CellList> lists) {
    this.message = message;
    this.lists = lists;
  }

  /**
   * Finds the cells of a message.
   *
   * @param format the finder of the format that wrote it
   */
  public static MessageCells of(byte[] message, CellFinder format) {
    try {
      return new MessageCells(message, format.find(message));
    } catch (IOException e) {
      throw new UncheckedIOException("A message that a format wrote can be read", e);
    }
  }

  /** The columns that can be left out because one of their cells is large, largest first. */
  public List<String> largest() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    Set<String> large = new HashSet<>();
    for (CellList list : lists) {
      for (Cell cell : list.cells()) {
        sizes.merge(cell.column(), cell.length(), Integer::sum);
        if (cell.length() >= SMALLEST) {
          large.add(cell.column());
        }
      }
    }
    return sizes.entrySet().stream()
        .filter(size -> large.contains(size.getKey()))
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The message without some of its columns. */
  public byte[] without(Collection<String> columns) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int done = 0;
    for (CellList list : lists) {
      out.write(message, done, list.start() - done);
      list.write(message, columns, out);
      done = list.end();
    }
    out.write(message, done, message.length - done);
    return out.toByteArray();
  }
}
