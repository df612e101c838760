package io.binlogbroker.binlog.row.cell;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates cells of MariaDB's COMPRESSED columns into a reused buffer. A first byte of 0 means
 * uncompressed; otherwise it is the method, the format and the number of length bytes. One thread.
 */
final class ColumnInflater {
  private static final int ZLIB = 8;
  private static final int RAW = 8;

  private final Inflater zlib = new Inflater();
  private final Inflater raw = new Inflater(true);
  private final ByteReader reader = new ByteReader();
  private final long maxLength;
  private byte[] buffer = new byte[0];

  /**
   * @param maxLength maximum length in bytes of an inflated cell
   */
  ColumnInflater(long maxLength) {
    this.maxLength = Math.min(maxLength, Integer.MAX_VALUE - 16);
  }

  /**
   * @return the inflated cell, valid until the next call
   */
  ByteReader inflate(byte[] array, int offset, int length) {
    reader.wrap(array, offset, length);
    if (length == 0) {
      return reader;
    }
    int head = reader.u8();
    if (head == 0) {
      return reader;
    }
    int lengthBytes = head & 7;
    if (head >> 4 != ZLIB || lengthBytes < 1 || lengthBytes > 4) {
      throw new MalformedBytesException(
          "Expected a compressed value of method 8 (zlib) but its first byte is %#x"
              .formatted(head));
    }
    long inflated = reader.bigEndian(lengthBytes);
    if (inflated > maxLength) {
      throw new MalformedBytesException(
          "A compressed value declares a length of "
              + inflated
              + " bytes; at most "
              + maxLength
              + " are allowed (MaxEventSize); fix: increase MaxEventSize and the heap");
    }
    inflateInto((head & RAW) != 0 ? raw : zlib, (int) inflated);
    return reader.wrap(buffer, 0, (int) inflated);
  }

  /** The buffer grows with the bytes inflated, not with the declared length. */
  private void inflateInto(Inflater inflater, int length) {
    inflater.reset();
    inflater.setInput(reader.array(), reader.position(), reader.remaining());
    int written = 0;
    try {
      while (written < length) {
        if (written == buffer.length) {
          grow(length);
        }
        int count = inflater.inflate(buffer, written, Math.min(buffer.length, length) - written);
        if (count == 0 && (inflater.finished() || inflater.needsInput())) {
          break;
        }
        if (inflater.needsDictionary()) {
          break;
        }
        written += count;
      }
    } catch (DataFormatException e) {
      throw new MalformedBytesException("A compressed value is not a zlib stream", e);
    }
    if (written != length) {
      throw new MalformedBytesException(
          "A compressed value declares a length of "
              + length
              + " bytes but inflates to "
              + written);
    }
  }

  private void grow(int maxLength) {
    long next = Math.max(16 * 1024L, buffer.length * 2L);
    byte[] larger = new byte[(int) Math.min(maxLength, next)];
    System.arraycopy(buffer, 0, larger, 0, buffer.length);
    buffer = larger;
  }

  /** Frees the native memory. */
  void close() {
    zlib.end();
    raw.end();
  }
}
