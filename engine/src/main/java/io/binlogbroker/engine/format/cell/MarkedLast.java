package io.binlogbroker.engine.format.cell;

import java.util.Arrays;

/**
 * Marks the message of a snapshot's last row, which is known only after it was written. Stateless.
 */
public final class MarkedLast {
  private MarkedLast() {}

  /**
   * A copy with other text in place of a mark.
   *
   * @param mark what every row of a snapshot has behind its columns
   */
  public static byte[] of(byte[] message, byte[] mark, byte[] other) {
    for (int at = message.length - mark.length; at >= 0; at--) {
      if (Arrays.equals(message, at, at + mark.length, mark, 0, mark.length)) {
        byte[] marked = Arrays.copyOf(message, message.length - mark.length + other.length);
        System.arraycopy(other, 0, marked, at, other.length);
        int rest = at + mark.length;
        System.arraycopy(message, rest, marked, at + other.length, message.length - rest);
        return marked;
      }
    }
    throw new IllegalArgumentException("Expected the message of a row of a snapshot");
  }
}
