package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw events into checked, placed ones: verifies checksums, keeps file and 64-bit position,
 * opens compressed transactions. Belongs to one thread.
 */
public final class EventReader implements AutoCloseable {
  private static final long LOW_32 = 0xFFFFFFFFL;

  private final EventFeed feed;
  private final long maxEventSize;
  private final ByteReader raw = new ByteReader();
  private final BinlogEvent event = new BinlogEvent();
  private final EventChecksum checksum = new EventChecksum();

  private boolean checksums;
  private @Nullable FormatDescription format;
  private @Nullable TransactionPayload payload;
  private String file;
  private long position;

  /**
   * @param feed whose first event is a ROTATE that names file and position, or a file's
   *     FORMAT_DESCRIPTION
   * @param checksums whether events before the first FORMAT_DESCRIPTION carry one
   * @param file that is being read; a ROTATE replaces it
   * @param maxEventSize bytes of the largest event that is accepted
   */
  public EventReader(EventFeed feed, boolean checksums, String file, long maxEventSize) {
    this.feed = feed;
    this.checksums = checksums;
    this.file = file;
    this.position = 4;
    this.maxEventSize = maxEventSize;
  }

  /**
   * Waits for the next event.
   *
   * @return null at the end of a feed that has one; else the reused event
   * @throws MalformedBytesException with file and position, when the bytes are not to be trusted
   */
  public @Nullable BinlogEvent next() throws IOException {
    try {
      return read();
    } catch (MalformedBytesException e) {
      throw new MalformedBytesException(e.getMessage() + ", at " + file + ":" + position, e);
    }
  }

  /** Whether the next event can be had without waiting. */
  public boolean ready() throws IOException {
    return payload != null || feed.ready();
  }

  /** The file that the last event stands in; after a ROTATE the one it leads to. */
  public String file() {
    return file;
  }

  /** 64-bit offset behind the last event, where the next one starts. */
  public long position() {
    return position;
  }

  /** Whether the last event came out of a compressed transaction. */
  public boolean inPayload() {
    return payload != null;
  }

  /**
   * @throws IllegalStateException before the first FORMAT_DESCRIPTION event
   */
  public FormatDescription format() {
    if (format == null) {
      throw new IllegalStateException("No FORMAT_DESCRIPTION event has been read");
    }
    return format;
  }

  private @Nullable BinlogEvent read() throws IOException {
    if (payload != null) {
      if (payload.next(raw)) {
        event.read(raw);
        event.place(event.start(), event.end());
        return event;
      }
      closePayload();
    }
    if (!feed.next(raw)) {
      return null;
    }
    checkLength();
    int type = raw.array()[raw.position() + 4] & 0xFF;
    boolean isFormat = type == EventType.FORMAT_DESCRIPTION.number();
    if (checksums && !isFormat) {
      checksum.verifyAndCut(raw);
    }
    if (isFormat) {
      readFormat();
    }
    event.read(raw);
    place();
    if (event.type() == EventType.ROTATE) {
      rotate();
    }
    if (event.type() == EventType.TRANSACTION_PAYLOAD) {
      payload = TransactionPayload.open(event.body(), maxEventSize);
      return read();
    }
    return event;
  }

  private void checkLength() {
    if (raw.remaining() < BinlogEvent.HEADER_LENGTH) {
      throw new MalformedBytesException(
          "Expected an event of at least 19 bytes but got " + raw.remaining());
    }
    long length = new ByteReader(raw.array(), raw.position() + 9, 4).u32();
    if (length != raw.remaining()) {
      throw new MalformedBytesException(
          "An event's header says it is "
              + length
              + " bytes long but "
              + raw.remaining()
              + " arrived");
    }
  }

  /** It tells whether it carries a checksum itself, so it is read before it is checked. */
  private void readFormat() {
    ByteReader body =
        new ByteReader(
            raw.array(),
            raw.position() + BinlogEvent.HEADER_LENGTH,
            raw.remaining() - BinlogEvent.HEADER_LENGTH);
    format = FormatDescription.read(body);
    checksums = format.checksum();
    if (checksums) {
      maskInUseFlag();
      checksum.verifyAndCut(raw);
    }
  }

  /** The server sets the flag in an open file without mending the checksum. */
  private void maskInUseFlag() {
    raw.array()[raw.position() + 17] &= (byte) ~1;
  }

  private void place() {
    if (event.isArtificial() || standsInNoFile()) {
      event.place(position, position);
      return;
    }
    long end =
        event.logPosition() == 0 ? position + event.length() : atOrAfter(event.logPosition());
    event.place(end - event.length(), end);
    position = end;
  }

  /** The first ROTATE of a dump and a FORMAT_DESCRIPTION re-sent in the middle of a file. */
  private boolean standsInNoFile() {
    EventType type = event.type();
    if (type == EventType.HEARTBEAT || type == EventType.HEARTBEAT_V2) {
      return true;
    }
    return event.logPosition() == 0
        && (type == EventType.ROTATE || type == EventType.FORMAT_DESCRIPTION);
  }

  /** The 64-bit position with these low bits that is nearest behind the present one. */
  private long atOrAfter(long low) {
    long candidate = (position & ~LOW_32) | low;
    return candidate < position ? candidate + LOW_32 + 1 : candidate;
  }

  private void rotate() {
    RotateEvent rotate = RotateEvent.read(event.body());
    file = rotate.file();
    position = rotate.offset();
  }

  private void closePayload() throws IOException {
    if (payload != null) {
      payload.close();
      payload = null;
    }
  }

  @Override
  public void close() throws IOException {
    closePayload();
  }
}
