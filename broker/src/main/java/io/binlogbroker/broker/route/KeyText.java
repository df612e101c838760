package io.binlogbroker.broker.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts the UTF-8 texts of a row's key cells together to the bytes of its partition key; reused for
 * row after row by the thread that formats them.
 *
 * <p>The text of a single column is the key as it is. Several are joined by {@code ,}, after each
 * {@code \} and {@code ,} in them got a {@code \} before it, so that different cells never make the
 * same key.
 */
public final class KeyText {
  private final boolean joined;
  private byte[] bytes = new byte[64];
  private int length;
  private int cells;

  public KeyText(int columns) {
    this.joined = columns > 1;
  }

  public void clear() {
    length = 0;
    cells = 0;
  }

  public void add(String cell) {
    byte[] utf8 = cell.getBytes(StandardCharsets.UTF_8);
    add(utf8, 0, utf8.length);
  }

  /** Adds the next column's text; in UTF-8 the bytes of {@code ,} and {@code \} mean only these. */
  public void add(byte[] utf8, int from, int count) {
    makeRoom(2 * count + 1);
    if (cells > 0) {
      bytes[length++] = ',';
    }
    cells++;
    for (int i = from; i < from + count; i++) {
      if (joined && (utf8[i] == ',' || utf8[i] == '\\')) {
        bytes[length++] = '\\';
      }
      bytes[length++] = utf8[i];
    }
  }

  /** A copy of the key, to be kept. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
