package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One event in the reader's buffer. Reused: valid until the reader reads the next event. Confined
 * to the reading thread.
 */
public final class BinlogEvent {
  /** Length in bytes of every event's header. */
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

  void setOffsets(long start, long end) {
    this.start = start;
    this.end = end;
  }

  /** Null if the type is unknown. */
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

  /** The id of the server that originally wrote the event. */
  public long serverId() {
    return serverId;
  }

  /** The length in the header: bytes including header and checksum. */
  public long length() {
    return length;
  }

  /** The low 32 bits of the end position that the server wrote, or 0. */
  long logPosition() {
    return logPosition;
  }

  /** Whether the dump thread generated the event: it is in no file. */
  public boolean isArtificial() {
    return (flags & FLAG_ARTIFICIAL) != 0;
  }

  /** Whether the event is a statement that uses temporary tables. */
  public boolean usesTemporaryTables() {
    return (flags & FLAG_THREAD_SPECIFIC) != 0;
  }

  /** Whether a reader that does not know the type may skip the event. */
  public boolean isIgnorable() {
    return (flags & FLAG_IGNORABLE) != 0;
  }

  /**
   * 64-bit offset in the file of the event's first byte; of the TRANSACTION_PAYLOAD event for an
   * event in a compressed transaction.
   */
  public long start() {
    return start;
  }

  /** 64-bit offset in the file just after the event. */
  public long end() {
    return end;
  }

  /** A copy of the whole event as the server sent it: header, body and the checksum, if any. */
  public byte[] copy() {
    return Arrays.copyOfRange(body.array(), offset, offset + Math.toIntExact(length));
  }

  /** The body without the checksum; reading from it advances it. */
  public ByteReader body() {
    return body;
  }
}
