package io.binlogbroker.binlog.event;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The events inside a TRANSACTION_PAYLOAD event, decompressed one by one as they are read, so that
 * memory stays bounded by the largest event. One thread.
 */
final class TransactionPayload implements EventFeed, AutoCloseable {
  private static final int FIELD_END = 0;
  private static final int FIELD_SIZE = 1;
  private static final int FIELD_COMPRESSION = 2;
  private static final int ZSTD = 0;
  private static final int NONE = 255;

  private final long maxEventSize;
  private final InputStream events;
  private byte[] buffer = new byte[8 * 1024];

  private TransactionPayload(long maxEventSize, InputStream events) {
    this.maxEventSize = maxEventSize;
    this.events = events;
  }

  /**
   * @param body of the payload event; its bytes must stay as they are until the payload is read
   */
  static TransactionPayload open(ByteReader body, long maxEventSize) throws IOException {
    long size = -1;
    int compression = ZSTD;
    for (int field = (int) body.lenenc(); field != FIELD_END; field = (int) body.lenenc()) {
      int end = body.lenencLength() + body.position();
      if (field == FIELD_SIZE) {
        size = body.lenenc();
      }
      if (field == FIELD_COMPRESSION) {
        compression = (int) body.lenenc();
      }
      body.moveTo(end);
    }
    if (size != body.remaining()) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD says it holds "
              + size
              + " bytes but "
              + body.remaining()
              + " follow");
    }
    InputStream raw = new ByteArrayInputStream(body.array(), body.position(), body.remaining());
    return switch (compression) {
      case ZSTD -> new TransactionPayload(maxEventSize, new ZstdInputStreamNoFinalizer(raw));
      case NONE -> new TransactionPayload(maxEventSize, raw);
      default ->
          throw new MalformedBytesException(
              "TRANSACTION_PAYLOAD is compressed by the unknown method " + compression);
    };
  }

  @Override
  public boolean next(ByteReader event) throws IOException {
    int header = events.readNBytes(buffer, 0, BinlogEvent.HEADER_LENGTH);
    if (header == 0) {
      return false;
    }
    if (header < BinlogEvent.HEADER_LENGTH) {
      throw new MalformedBytesException(
          "TRANSACTION_PAYLOAD ends after " + header + " bytes of an event header");
    }
    long length = new ByteReader(buffer, 9, 4).u32();
    if (length < BinlogEvent.HEADER_LENGTH || length > maxEventSize) {
      throw new MalformedBytesException(
          "An event in a TRANSACTION_PAYLOAD says it is "
              + length
              + " bytes long; 19 to "
              + maxEventSize
              + " are allowed (MaxEventSize)");
    }
    fill((int) length);
    event.wrap(buffer, 0, (int) length);
    return true;
  }

  private void fill(int length) throws IOException {
    int filled = BinlogEvent.HEADER_LENGTH;
    while (filled < length) {
      if (filled == buffer.length) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(length, buffer.length * 2L));
      }
      int count = events.read(buffer, filled, Math.min(buffer.length, length) - filled);
      if (count < 0) {
        throw new EOFException(
            "TRANSACTION_PAYLOAD ends after " + filled + " of " + length + " bytes of an event");
      }
      filled += count;
    }
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
