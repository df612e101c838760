package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw events into checked, placed ones: verifies checksums, keeps file and 64-bit position,
 * opens compressed transactions. Belongs to one thread. After an exception it can only be closed.
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
  private final LogPlace place;

  private boolean checksums;
  private boolean inPayload;
  private long start;
  private @Nullable FormatDescription format;

  /**
   * @param feed whose first event is a ROTATE that names file and position, or a file's
   *     FORMAT_DESCRIPTION
   * @param checksums whether events before the first FORMAT_DESCRIPTION carry one
   * @param file that is being read; a ROTATE replaces it
   * @param maxEventSize bytes of the largest event that is accepted in a compressed transaction
   */
  public EventReader(EventFeed feed, boolean checksums, String file, long maxEventSize) {
    this.feed = feed;
    this.checksums = checksums;
    this.place = new LogPlace(file, 4);
    this.payload = new TransactionPayload(maxEventSize);
  }

  /**
   * Waits for the next event.
   *
   * @return null at the end of a feed that has one; else the reused event
   * @throws MalformedBytesException with file and position, when the bytes are not to be trusted
   */
  public @Nullable BinlogEvent next() throws IOException {
    try {
      return payload.hasNext() ? readFromPayload() : readFromFeed();
    } catch (MalformedBytesException e) {
      throw new MalformedBytesException(e.getMessage() + ", at " + file() + ":" + start, e);
    }
  }

  /** Whether the next event can be had without waiting. */
  public boolean ready() throws IOException {
    return payload.hasNext() || feed.ready();
  }

  /** The file that the last event stands in; after a ROTATE the one it leads to. */
  public String file() {
    return place.file();
  }

  /** 64-bit offset behind the last event, where the next one starts. */
  public long position() {
    return place.position();
  }

  /** Whether the last event came out of a compressed transaction. */
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
    start = place.position();
    if (!feed.next(raw)) {
      return null;
    }
    checkLength();
    checkContent(EventType.of(raw.array()[raw.position() + TYPE_OFFSET] & 0xFF));
    event.read(raw);
    place.take(event);
    start = event.start();
    if (event.type() == EventType.ROTATE) {
      place.rotate(readRotate(event.body()));
    }
    if (event.type() == EventType.TRANSACTION_PAYLOAD) {
      payload.open(event.body());
      return readFromPayload();
    }
    return event;
  }

  /** Reads a copy, so that the body is there for the caller too. */
  private static RotateEvent readRotate(ByteReader body) {
    return RotateEvent.read(new ByteReader(body.array(), body.position(), body.remaining()));
  }

  /** The event keeps the place of the payload that it comes out of. */
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
          "An event's header says it is "
              + length
              + " bytes long but "
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

  /** It tells whether it carries a checksum itself, so it is read before it is checked. */
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
   * One broken bit in the algorithm would switch all checks off; then the event's own CRC32 still
   * fits the algorithm that it was written with. Where it fits neither it tells nothing: servers do
   * not fix it when they send the event again.
   */
  private void requireNoChecksum() {
    int algorithm = raw.limit() - FormatDescription.ALGORITHM_AND_CRC;
    raw.array()[algorithm] ^= 1;
    boolean broken = checksum.fits(raw);
    raw.array()[algorithm] ^= 1;
    if (broken) {
      throw new MalformedBytesException(
          "FORMAT_DESCRIPTION says that events have no checksum, but its own fits only if they"
              + " have one: a bit is broken");
    }
  }

  @Override
  public void close() throws IOException {
    payload.close();
  }
}
