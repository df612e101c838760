package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the compressed blocks of MariaDB's compressed events into a reused buffer: a byte {@code
 * 0x80 | n}, the length in n bytes big-endian, a zlib stream. One thread.
 */
public final class CompressedBlock implements AutoCloseable {
  private final long maxLength;
  private final Inflater inflater = new Inflater();
  private final ByteReader inflated = new ByteReader();
  private byte[] buffer = new byte[0];

  /**
   * @param maxLength bytes that a block may have when inflated
   */
  public CompressedBlock(long maxLength) {
    this.maxLength = maxLength;
  }

  /**
   * Inflates the block that takes up the rest of the slice.
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
          "A compressed block says it holds "
              + length
              + " bytes; at most "
              + maxLength
              + " are allowed (MaxEventSize); fix: raise it, and the heap with it");
    }
    int inflatedLength = inflateInto(block, (int) length);
    return inflated.wrap(buffer, 0, inflatedLength);
  }

  /** The buffer grows with the bytes that really come out, not with what the block claims. */
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
          break; // the stream is over, or wants a dictionary that nobody has
        }
        written += count;
      }
      requireEnd(written, length);
    } catch (DataFormatException e) {
      throw new MalformedBytesException(
          "A compressed block is no zlib stream: " + e.getMessage(), e);
    }
    return written;
  }

  /** Inflates on into nothing, which reads the stream's own checksum too. */
  private void requireEnd(int written, int length) throws DataFormatException {
    int more = inflater.inflate(new byte[1]);
    if (written != length || more > 0) {
      throw new MalformedBytesException(
          "A compressed block says it holds "
              + length
              + " bytes but gave "
              + (more > 0 ? "more" : written));
    }
    if (!inflater.finished()) {
      throw new MalformedBytesException(
          "A compressed block's zlib stream breaks off after " + written + " bytes");
    }
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    inflater.end();
  }

  private void grow(int wanted) {
    long next = Math.max(64 * 1024L, buffer.length * 2L);
    byte[] larger = new byte[(int) Math.min(wanted, next)];
    System.arraycopy(buffer, 0, larger, 0, buffer.length);
    buffer = larger;
  }
}
