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
 * The cells of a message, some of which may be left out: what stays is, byte for byte, what was
 * written. Immutable.
 */
public final class MessageCells {
  /** No cell of a key takes as much: an index takes 3,072 bytes, of which JSON may make sixfold. */
  public static final int SMALLEST = 20_000;

  private final byte[] message;
  private final List<CellList> lists;

  private MessageCells(byte[] message, List<CellList> lists) {
    this.message = message;
    this.lists = lists;
  }

  /**
   * Looks through a message.
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

  /** The columns that may be left out, since one of their cells is large; the largest first. */
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
