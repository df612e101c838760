package io.binlogbroker.engine.snapshot.key;

import java.util.Arrays;

/** The key of a row as stored: equal for equal bytes only, whatever the columns' collations. */
public final class RowKey {
  /** Memory of a key in a map besides its bytes. */
  private static final int OVERHEAD = 96;

  private final byte[] bytes;

  /** 0 until it is needed. */
  private int hash;

  /**
   * @param bytes not copied, so not to be modified
   */
  public RowKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Memory in bytes, about. */
  int size() {
    return bytes.length + OVERHEAD;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(bytes);
    }
    return hash;
  }
}
