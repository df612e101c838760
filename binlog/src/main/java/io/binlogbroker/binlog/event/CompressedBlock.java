package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the compressed blocks of MariaDB's compressed events into a reused buffer. A block is a
 * byte {@code 0x80 | n}, the length in n bytes big-endian and a zlib stream. One thread.
 */
public final class CompressedBlock implements AutoCloseable {
  private final long maxLength;
  private final Inflater inflater = new Inflater();
  private final ByteReader inflated = new ByteReader();
  private byte[] buffer = new byte[0];

  /**
   * @param maxLength maximum length in bytes of an inflated block
   */
  public CompressedBlock(long maxLength) {
    this.maxLength = maxLength;
  }

  /**
   * Inflates the block that is the rest of the slice.
   *
   * @return the inflated bytes, valid until the next call
   */
  public ByteReader inflate(ByteReader block) {
    int head = block.u8();
    int lengthBytes = head & 0x07;
    if ((head & 0xF8) != 0x80 || lengthBytes < 1 || lengthBytes > 4) {
      throw new MalformedBytesException(
          "Expected the head of a zlib block (0x81 to 0x84) but got %#x".formatted(head));
    }
    long length = block.bigEndian(lengthBytes);
    if (length > Math.min(maxLength, Integer.MAX_VALUE - 16)) {
      throw new MalformedBytesException(
          "A compressed block declares a length of "
              + length
              + " bytes; at most "
              + maxLength
              + " are allowed (MaxEventSize); fix: increase MaxEventSize and the heap");
    }
    int inflatedLength = inflateInto(block, (int) length);
    return inflated.wrap(buffer, 0, inflatedLength);
  }

  /** The buffer grows with the bytes inflated, not with the declared length. */
  private int inflateInto(ByteReader block, int length) {
    inflater.reset();
    inflater.setInput(block.array(), block.position(), block.remaining());
    int written = 0;
    try {
      while (written < length) {
        if (written == buffer.length) {
          grow(length);
        }
        int count = inflater.inflate(buffer, written, Math.min(buffer.length, length) - written);
        if (count == 0) {
          break; // end of the stream, or it requires a dictionary
        }
        written += count;
      }
      requireEnd(written, length);
    } catch (DataFormatException e) {
      throw new MalformedBytesException(
          "A compressed block is not a zlib stream: " + e.getMessage(), e);
    }
    return written;
  }

  /** Reads to the end of the stream, which also verifies its checksum. */
  private void requireEnd(int written, int length) throws DataFormatException {
    int more = inflater.inflate(new byte[1]);
    if (written != length || more > 0) {
      throw new MalformedBytesException(
          "A compressed block declares a length of "
              + length
              + " bytes but inflates to "
              + (more > 0 ? "more" : written));
    }
    if (!inflater.finished()) {
      throw new MalformedBytesException(
          "A compressed block's zlib stream is truncated after " + written + " bytes");
    }
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    inflater.end();
  }

  private void grow(int maxLength) {
    long next = Math.max(64 * 1024L, buffer.length * 2L);
    byte[] larger = new byte[(int) Math.min(maxLength, next)];
    System.arraycopy(buffer, 0, larger, 0, buffer.length);
    buffer = larger;
  }
}
