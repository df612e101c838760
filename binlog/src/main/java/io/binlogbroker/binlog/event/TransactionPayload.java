package io.binlogbroker.binlog.event;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events of TRANSACTION_PAYLOAD events, decompressed as they are read, so that memory is
 * bounded by the largest event. One decompressor and one buffer are used for all payloads. One
 * thread; after an exception it can only be closed.
 */
final class TransactionPayload implements AutoCloseable {
  private static final long FIELD_END = 0;
  private static final long FIELD_SIZE = 1;
  private static final long FIELD_COMPRESSION = 2;
  private static final long FIELD_UNCOMPRESSED_SIZE = 3;
  private static final long ZSTD = 0;
  private static final long NONE = 255;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;
  private static final int LENGTH_OFFSET = 9;

  private final long maxEventSize;
  private final PayloadStream input = new PayloadStream();
  private @Nullable InputStream zstd;
  private InputStream events = input;

  private byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private boolean ended = true;
  private long decompressed;
  private long decompressedSize;

  /**
   * @param maxEventSize maximum length in bytes of an event
   */
  TransactionPayload(long maxEventSize) {
    this.maxEventSize = Math.min(maxEventSize, LARGEST_ARRAY);
  }

  /**
   * Opens another payload, after the last event of the previous one.
   *
   * @param body of the payload event; its bytes must not change until the payload has been read
   */
  void open(ByteReader body) throws IOException {
    long compression = readFields(body);
    input.pointAt(body);
    events = decompressing(compression);
    from = 0;
    to = 0;
    ended = false;
    decompressed = 0;
    fill(1);
    if (!hasNext()) {
      throw new MalformedBytesException("TRANSACTION_PAYLOAD contains no event");
    }
  }

  /** Reads the fields up to the payload's first byte. */
  private long readFields(ByteReader body) {
    long size = -1;
    long compression = ZSTD;
    decompressedSize = -1;
    for (long field = body.lenenc(); field != FIELD_END; field = body.lenenc()) {
      int length = body.lenencLength();
      int end = body.position() + length;
      if (field == FIELD_SIZE) {
        size = body.lenenc();
      }
      if (field == FIELD_COMPRESSION) {
        compression = body.lenenc();
      }
      if (field == FIELD_UNCOMPRESSED_SIZE) {
        decompressedSize = body.lenenc();
      }
      body.moveTo(end);
    }
    if (size != body.remaining()) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD declares a size of "
              + Long.toUnsignedString(size)
              + " bytes but "
              + body.remaining()
              + " follow");
    }
    return compression;
  }

  private InputStream decompressing(long compression) throws IOException {
    if (compression == NONE) {
      return input;
    }
    if (compression != ZSTD) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD has the unknown compression type "
              + Long.toUnsignedString(compression));
    }
    if (zstd == null) {
      zstd = new ZstdInputStreamNoFinalizer(input);
    }
    return zstd;
  }

  boolean hasNext() {
    return from < to;
  }

  /** Points the reader at the next event; its bytes are valid until the next call. */
  void next(ByteReader event) {
    fill(BinlogEvent.HEADER_LENGTH);
    requireHeader();
    long length = new ByteReader(buffer, from + LENGTH_OFFSET, 4).u32();
    if (length < BinlogEvent.HEADER_LENGTH || length > maxEventSize) {
      throw new MalformedBytesException(
          "An event in a TRANSACTION_PAYLOAD declares a length of "
              + length
              + " bytes; 19 to "
              + maxEventSize
              + " are allowed (MaxEventSize); fix: increase MaxEventSize and the heap");
    }
    fill((int) length + 1); // one more byte, to detect whether another event follows
    if (to - from < length) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD ends after " + (to - from) + " of " + length + " bytes of an event");
    }
    event.wrap(buffer, from, (int) length);
    from += (int) length;
  }

  private void requireHeader() {
    if (to - from < BinlogEvent.HEADER_LENGTH) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD ends after " + (to - from) + " bytes of an event header");
    }
    EventType type = EventType.of(buffer[from + 4] & 0xFF);
    if (type == EventType.TRANSACTION_PAYLOAD
        || type == EventType.FORMAT_DESCRIPTION
        || type == EventType.ROTATE) {
      throw new MalformedBytesException(
          "A " + type + " event cannot be part of a TRANSACTION_PAYLOAD");
    }
  }

  /** Decompresses until that many bytes are available or the payload ends. */
  private void fill(int required) {
    while (to - from < required && !ended) {
      makeRoom(required);
      int count = decompress();
      if (count < 0) {
        end();
        return;
      }
      to += count;
      decompressed += count;
    }
  }

  /** The buffer grows with the bytes decompressed, not with the length in a header. */
  private void makeRoom(int required) {
    if (to < buffer.length) {
      return;
    }
    if (from == 0) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(required, buffer.length * 2L));
      return;
    }
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
  }

  /** All input is in memory, so a failure means corrupt data. */
  private int decompress() {
    try {
      return events.read(buffer, to, buffer.length - to);
    } catch (IOException e) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD cannot be decompressed: " + e.getMessage(), e);
    }
  }

  private void end() {
    ended = true;
    if (decompressedSize != -1 && decompressedSize != decompressed) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD declares an uncompressed size of "
              + Long.toUnsignedString(decompressedSize)
              + " bytes but decompresses to "
              + decompressed);
    }
  }

  /** Current size of the buffer for decompressed events. */
  int bufferLength() {
    return buffer.length;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    from = to;
    if (zstd != null) {
      zstd.close();
    }
  }

  /** The payload being read, as a stream whose bytes can be replaced. */
  private static final class PayloadStream extends ByteArrayInputStream {
    PayloadStream() {
      super(new byte[0]);
    }

    void pointAt(ByteReader bytes) {
      buf = bytes.array();
      pos = bytes.position();
      count = bytes.limit();
    }
  }
}
