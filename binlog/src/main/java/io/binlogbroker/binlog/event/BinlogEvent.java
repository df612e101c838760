package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One event as it stands in the reader's buffer. Reused: valid until the reader moves on. Belongs
 * to the reading thread.
 */
public final class BinlogEvent {
  /** Bytes of the header that starts every event. */
  public static final int HEADER_LENGTH = 19;

  static final int FLAG_ARTIFICIAL = 0x20;
  private static final int FLAG_THREAD_SPECIFIC = 0x04;
  private static final int FLAG_IGNORABLE = 0x80;

  private final ByteReader body = new ByteReader();
  private long timestamp;
  private int typeNumber;
  private long serverId;
  private long length;
  private long logPosition;
  private int flags;
  private int offset;
  private long start;
  private long end;

  BinlogEvent() {}

  /** Reads the header and points the body at what follows it. */
  void read(ByteReader bytes) {
    timestamp = bytes.u32();
    typeNumber = bytes.u8();
    serverId = bytes.u32();
    length = bytes.u32();
    logPosition = bytes.u32();
    flags = bytes.u16();
    offset = bytes.position() - HEADER_LENGTH;
    body.wrap(bytes.array(), bytes.position(), bytes.remaining());
  }

  void place(long start, long end) {
    this.start = start;
    this.end = end;
  }

  /** Null when the number is not known here. */
  public @Nullable EventType type() {
    return EventType.of(typeNumber);
  }

  public int typeNumber() {
    return typeNumber;
  }

  /** Seconds since the epoch. */
  public long timestamp() {
    return timestamp;
  }

  /** Of the server that first wrote the event. */
  public long serverId() {
    return serverId;
  }

  /** Bytes with header and checksum, as the header says. */
  public long length() {
    return length;
  }

  /** The low 32 bits of the end position that the server wrote, or 0. */
  long logPosition() {
    return logPosition;
  }

  /** Whether the dump thread made it up: it stands in no file. */
  public boolean isArtificial() {
    return (flags & FLAG_ARTIFICIAL) != 0;
  }

  /** Whether it is a statement that uses temporary tables. */
  public boolean usesTemporaryTables() {
    return (flags & FLAG_THREAD_SPECIFIC) != 0;
  }

  /** Whether a reader that does not know the type may pass it by. */
  public boolean isIgnorable() {
    return (flags & FLAG_IGNORABLE) != 0;
  }

  /**
   * 64-bit offset in the file of the event's first byte; for an event of a compressed transaction
   * that of the payload event.
   */
  public long start() {
    return start;
  }

  /** 64-bit offset in the file just behind the event. */
  public long end() {
    return end;
  }

  /** All of it as a copy, as the server sent it: header, body and, if there is one, checksum. */
  public byte[] copy() {
    return Arrays.copyOfRange(body.array(), offset, offset + Math.toIntExact(length));
  }

  /** What follows the header, without the checksum; reading it moves on in it. */
  public ByteReader body() {
    return body;
  }
}
