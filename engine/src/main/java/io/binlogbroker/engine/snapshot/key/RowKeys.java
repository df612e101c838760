package io.binlogbroker.engine.snapshot.key;

import java.util.Arrays;

/**
 * The keys of a chunk's rows, in one array: a chunk that waits for the stream consists of few
 * objects. Filled by a worker, then read by the relay.
 */
public final class RowKeys {
  private byte[] bytes = new byte[1024];
  private int[] ends = new int[64];
  private int count;

  /**
   * Adds the key of the next row.
   *
   * @param key copied up to a length in bytes
   */
  public void add(byte[] key, int length) {
    int from = end();
    if (bytes.length - from < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, from + length));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    System.arraycopy(key, 0, bytes, from, length);
    ends[count++] = from + length;
  }

  /** The key of a row, counted from 0 in the order of adding. */
  public RowKey get(int row) {
    int from = row == 0 ? 0 : ends[row - 1];
    return new RowKey(Arrays.copyOfRange(bytes, from, ends[row]));
  }

  /** The number of keys. */
  public int count() {
    return count;
  }

  private int end() {
    return count == 0 ? 0 : ends[count - 1];
  }
}
