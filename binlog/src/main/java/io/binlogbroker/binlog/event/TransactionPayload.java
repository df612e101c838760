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
 * The events inside TRANSACTION_PAYLOAD events, unpacked as they are read, so that memory stays
 * bounded by the largest event. One decompressor and one buffer serve all payloads. One thread;
 * after an exception it can only be closed.
 */
final class TransactionPayload implements AutoCloseable {
  private static final long FIELD_END = 0;
  private static final long FIELD_SIZE = 1;
  private static final long FIELD_COMPRESSION = 2;
  private static final long FIELD_UNPACKED_SIZE = 3;
  private static final long ZSTD = 0;
  private static final long NONE = 255;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;
  private static final int LENGTH_OFFSET = 9;

  private final long maxEventSize;
  private final Packed packed = new Packed();
  private @Nullable InputStream zstd;
  private InputStream events = packed;

  private byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private boolean ended = true;
  private long unpacked;
  private long unpackedSize;

  /**
   * @param maxEventSize bytes of the largest event that is accepted
   */
  TransactionPayload(long maxEventSize) {
    this.maxEventSize = Math.min(maxEventSize, LARGEST_ARRAY);
  }

  /**
   * Starts with another payload, once the last one has no further event.
   *
   * @param body of the payload event; its bytes must stay as they are until the payload is read
   */
  void open(ByteReader body) throws IOException {
    long compression = readFields(body);
    packed.pointAt(body);
    events = unpacking(compression);
    from = 0;
    to = 0;
    ended = false;
    unpacked = 0;
    demand(1);
    if (!hasNext()) {
      throw new MalformedBytesException("TRANSACTION_PAYLOAD holds no event");
    }
  }

  /** Moves on to the payload's first byte. */
  private long readFields(ByteReader body) {
    long size = -1;
    long compression = ZSTD;
    unpackedSize = -1;
    for (long field = body.lenenc(); field != FIELD_END; field = body.lenenc()) {
      int length = body.lenencLength();
      int end = body.position() + length;
      if (field == FIELD_SIZE) {
        size = body.lenenc();
      }
      if (field == FIELD_COMPRESSION) {
        compression = body.lenenc();
      }
      if (field == FIELD_UNPACKED_SIZE) {
        unpackedSize = body.lenenc();
      }
      body.moveTo(end);
    }
    if (size != body.remaining()) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD says it holds "
              + Long.toUnsignedString(size)
              + " bytes but "
              + body.remaining()
              + " follow");
    }
    return compression;
  }

  private InputStream unpacking(long compression) throws IOException {
    if (compression == NONE) {
      return packed;
    }
    if (compression != ZSTD) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD is compressed by the unknown method "
              + Long.toUnsignedString(compression));
    }
    if (zstd == null) {
      zstd = new ZstdInputStreamNoFinalizer(packed);
    }
    return zstd;
  }

  boolean hasNext() {
    return from < to;
  }

  /** Points the reader at the next event; its bytes are valid until the next call. */
  void next(ByteReader event) {
    demand(BinlogEvent.HEADER_LENGTH);
    requireHeader();
    long length = new ByteReader(buffer, from + LENGTH_OFFSET, 4).u32();
    if (length < BinlogEvent.HEADER_LENGTH || length > maxEventSize) {
      throw new MalformedBytesException(
          "An event in a TRANSACTION_PAYLOAD says it is "
              + length
              + " bytes long; 19 to "
              + maxEventSize
              + " are allowed (MaxEventSize); fix: raise it, and the heap with it");
    }
    demand((int) length + 1); // one byte more tells whether another event follows
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
          "A " + type + " event cannot stand in a TRANSACTION_PAYLOAD");
    }
  }

  /** Unpacks until so many bytes are there or the payload has ended. */
  private void demand(int wanted) {
    while (to - from < wanted && !ended) {
      makeRoom(wanted);
      int count = unpack();
      if (count < 0) {
        end();
        return;
      }
      to += count;
      unpacked += count;
    }
  }

  /** The buffer grows with the bytes that really come out, not with what a header claims. */
  private void makeRoom(int wanted) {
    if (to < buffer.length) {
      return;
    }
    if (from == 0) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, buffer.length * 2L));
      return;
    }
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
  }

  /** All input is in memory, so what fails here is the data. */
  private int unpack() {
    try {
      return events.read(buffer, to, buffer.length - to);
    } catch (IOException e) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private void end() {
    ended = true;
    if (unpackedSize != -1 && unpackedSize != unpacked) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD says it unpacks to "
              + Long.toUnsignedString(unpackedSize)
              + " bytes but gave "
              + unpacked);
    }
  }

  /** Bytes that the buffer for unpacked events has grown to. */
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

  /** The payload that is being read, as a stream whose bytes can be changed. */
  private static final class Packed extends ByteArrayInputStream {
    Packed() {
      super(new byte[0]);
    }

    void pointAt(ByteReader bytes) {
      buf = bytes.array();
      pos = bytes.position();
      count = bytes.limit();
    }
  }
}
