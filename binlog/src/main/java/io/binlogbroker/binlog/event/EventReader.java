package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw events: verifies checksums, tracks the file and 64-bit position, and unpacks compressed
 * transactions. Confined to one thread. After an exception it can only be closed.
 */
public final class EventReader implements AutoCloseable {
  private static final int TYPE_OFFSET = 4;
  private static final int LENGTH_OFFSET = 9;
  private static final int FLAGS_OFFSET = 17;
  private static final byte FLAG_IN_USE = 0x01;

  private final EventFeed feed;
  private final ByteReader raw = new ByteReader();
  private final BinlogEvent event = new BinlogEvent();
  private final EventChecksum checksum = new EventChecksum();
  private final TransactionPayload payload;
  private final LogPositionTracker logPosition;

  private boolean checksums;
  private boolean inPayload;
  private long start;
  private @Nullable FormatDescription format;

  /**
   * @param feed whose first event is a ROTATE that names file and position, or a file's
   *     FORMAT_DESCRIPTION
   * @param checksums whether events before the first FORMAT_DESCRIPTION have a checksum
   * @param file that is being read; a ROTATE replaces it
   * @param maxEventSize maximum length in bytes of an event in a compressed transaction
   */
  public EventReader(EventFeed feed, boolean checksums, String file, long maxEventSize) {
    this.feed = feed;
    this.checksums = checksums;
    this.logPosition = new LogPositionTracker(file, LogOffset.FIRST_EVENT);
    this.payload = new TransactionPayload(maxEventSize);
  }

  /**
   * Waits for the next event.
   *
   * @return the reused event; null at the end of a finite feed
   * @throws MalformedBytesException if the bytes are corrupt, with file and position
   */
  public @Nullable BinlogEvent next() throws IOException {
    try {
      return payload.hasNext() ? readFromPayload() : readFromFeed();
    } catch (MalformedBytesException e) {
      throw new MalformedBytesException(e.getMessage() + ", at " + file() + ":" + start, e);
    }
  }

  /** Whether the next event can be read without waiting. */
  public boolean ready() throws IOException {
    return payload.hasNext() || feed.ready();
  }

  /** The file that contains the last event; after a ROTATE, the file that it names. */
  public String file() {
    return logPosition.file();
  }

  /** 64-bit offset just after the last event, where the next one starts. */
  public long position() {
    return logPosition.position();
  }

  /** Whether the last event was part of a compressed transaction. */
  public boolean inPayload() {
    return inPayload;
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

  private @Nullable BinlogEvent readFromFeed() throws IOException {
    inPayload = false;
    start = logPosition.position();
    if (!feed.next(raw)) {
      return null;
    }
    checkLength();
    checkContent(EventType.of(raw.array()[raw.position() + TYPE_OFFSET] & 0xFF));
    event.read(raw);
    logPosition.advance(event);
    start = event.start();
    if (event.type() == EventType.ROTATE) {
      logPosition.rotate(readRotate(event.body()));
    }
    if (event.type() == EventType.TRANSACTION_PAYLOAD) {
      payload.open(event.body());
      return readFromPayload();
    }
    return event;
  }

  /** Reads a copy, so that the caller can read the body, too. */
  private static RotateEvent readRotate(ByteReader body) {
    return RotateEvent.read(new ByteReader(body.array(), body.position(), body.remaining()));
  }

  /** The event keeps the offsets of the TRANSACTION_PAYLOAD event that contains it. */
  private BinlogEvent readFromPayload() {
    payload.next(raw);
    event.read(raw);
    inPayload = true;
    return event;
  }

  private void checkLength() {
    if (raw.remaining() < BinlogEvent.HEADER_LENGTH) {
      throw new MalformedBytesException(
          "Expected an event of at least 19 bytes but got " + raw.remaining());
    }
    long length = new ByteReader(raw.array(), raw.position() + LENGTH_OFFSET, 4).u32();
    if (length != raw.remaining()) {
      throw new MalformedBytesException(
          "An event's header declares a length of "
              + length
              + " bytes but "
              + raw.remaining()
              + " arrived");
    }
  }

  private void checkContent(@Nullable EventType type) {
    if (type == EventType.FORMAT_DESCRIPTION) {
      readFormat();
      return;
    }
    if (format == null && type != EventType.ROTATE && type != EventType.HEARTBEAT) {
      throw new MalformedBytesException(
          "Expected a FORMAT_DESCRIPTION event before all others but got type "
              + (raw.array()[raw.position() + TYPE_OFFSET] & 0xFF));
    }
    if (checksums) {
      checksum.verifyAndCut(raw);
    }
  }

  /** The event itself specifies whether it has a checksum, so it is read before it is verified. */
  private void readFormat() {
    ByteReader body =
        new ByteReader(
            raw.array(),
            raw.position() + BinlogEvent.HEADER_LENGTH,
            raw.remaining() - BinlogEvent.HEADER_LENGTH);
    format = FormatDescription.read(body);
    checksums = format.checksum();
    clearInUseFlag();
    if (checksums) {
      checksum.verifyAndCut(raw);
    } else {
      requireNoChecksum();
    }
  }

  /** The server changes the flag in an open file without fixing the checksum. */
  private void clearInUseFlag() {
    raw.array()[raw.position() + FLAGS_OFFSET] &= ~FLAG_IN_USE;
  }

  /**
   * A flipped bit in the algorithm would disable all verification. In that case the event's CRC32
   * still matches the algorithm with which it was written. A CRC32 that matches neither proves
   * nothing: servers do not update it when they send the event again.
   */
  private void requireNoChecksum() {
    int algorithm = raw.limit() - FormatDescription.ALGORITHM_AND_CRC;
    raw.array()[algorithm] ^= 1;
    boolean corrupt = checksum.fits(raw);
    raw.array()[algorithm] ^= 1;
    if (corrupt) {
      throw new MalformedBytesException(
          "FORMAT_DESCRIPTION declares no checksums, but its own checksum matches only if it"
              + " declared them: the event is corrupt");
    }
  }

  @Override
  public void close() throws IOException {
    payload.close();
  }
}
