package io.binlogbroker.binlog.wire.connection;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * Splits the server's byte stream into packets, in one large reused buffer: a packet is a slice of
 * it, valid until the next one is read. One thread.
 *
 * <p>Packets of 0xFFFFFF bytes continue in the following packet; they are joined in place. The
 * buffer doubles only when it is full of received bytes, so a wrong length field costs no memory.
 * After a large packet it shrinks before the next read.
 */
public final class PacketReader {
  /** A packet of this length is continued in the next one. */
  static final int FULL_FRAGMENT = 0xFFFFFF;

  static final int CHUNK = 256 * 1024;

  /** A larger buffer is released after use. */
  static final int RETAINED = 4 * 1024 * 1024;

  private static final String INCREASE_LIMIT = "; fix: increase MaxEventSize and the heap";
  private static final int HEADER = 4;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;

  /** Offset of a streamed event's length: after the status byte, in the header. */
  private static final int EVENT_LENGTH_AT = 1 + 9;

  private final InputStream in;
  private final String peer;
  private int maxPayload;
  private String limitName = "MaxEventSize";
  private String limitAdvice = INCREASE_LIMIT;

  private byte[] buffer = new byte[CHUNK];
  private int begin;
  private int size;
  private int end;
  private int sequence;
  private boolean eventsFollow;
  private String purpose = "the greeting";
  private String timeoutMessage = "";

  /**
   * @param in the input; its {@code available} must include bytes in the socket
   * @param peer {@code host:port}, for messages
   * @param maxPayload maximum length of a packet, joined from its parts
   */
  public PacketReader(InputStream in, String peer, long maxPayload) {
    this.in = in;
    this.peer = peer;
    this.maxPayload = (int) Math.min(maxPayload, LARGEST_ARRAY);
  }

  /** Limits packets to {@code MaxEventSize} from now on. */
  void limitToEvents(long maxPayload) {
    limit(maxPayload, "MaxEventSize", INCREASE_LIMIT);
  }

  /** Limits packets until the login has ended: the peer is not trusted and no packet is longer. */
  void limitToLogin(long maxPayload) {
    limit(maxPayload, "until the login has ended", "; is this the port of a MySQL server?");
  }

  private void limit(long maxPayload, String name, String advice) {
    this.maxPayload = (int) Math.min(maxPayload, LARGEST_ARRAY);
    this.limitName = name;
    this.limitAdvice = advice;
  }

  /** Reads the next packet; the slice of the last one is no longer valid. */
  public void next() throws IOException {
    release();
    int fragment;
    do {
      fragment = readHeader();
      refuseAbove((long) size + fragment);
      fill(size + fragment, fragment == FULL_FRAGMENT);
      size += fragment;
      if (fragment == FULL_FRAGMENT && eventsFollow) {
        refuseAbove(announcedSize());
      }
    } while (fragment == FULL_FRAGMENT);
  }

  /** Reads the next packet and points {@code payload} at it. */
  public void next(ByteReader payload) throws IOException {
    next();
    payload.wrap(buffer, begin, size);
  }

  /** The array that contains the packet's payload. */
  byte[] array() {
    return buffer;
  }

  /** Offset of the payload in {@link #array()}. */
  int offset() {
    return begin;
  }

  /** Length of the payload in bytes. */
  public int length() {
    return size;
  }

  /** Whether a byte of a further packet is buffered here or in the socket. Never blocks. */
  public boolean isAvailable() throws IOException {
    if (unread() > 0) {
      return true;
    }
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Expects sequence number {@code sequence} next; messages call the packet {@code what}. */
  public void expect(String what, int sequence) {
    this.purpose = what;
    expectNumber(sequence);
  }

  void expectNumber(int sequence) {
    this.sequence = sequence;
  }

  /** The sequence number of the next packet in either direction. */
  public int sequence() {
    return sequence;
  }

  /** Packets are binlog events from now on, whose header contains their length. */
  public void expectEvents() {
    eventsFollow = true;
  }

  /** The message of a read timeout, such as {@code No bytes for 30 s}. */
  void setTimeoutMessage(String message) {
    timeoutMessage = message;
  }

  /** Number of bytes received after the current packet. */
  int unread() {
    return end - begin - size;
  }

  /** Context for messages. */
  public String where() {
    return "while reading " + purpose + " from " + peer;
  }

  private void release() {
    begin += size;
    size = 0;
    if (begin == end) {
      begin = 0;
      end = 0;
    }
    if (buffer.length > RETAINED && end - begin <= CHUNK) {
      moveTo(new byte[CHUNK]);
    }
  }

  private int readHeader() throws IOException {
    fill(size + HEADER, false);
    int at = begin + size;
    int length = u24(at);
    int number = buffer[at + 3] & 0xFF;
    if (number != sequence && !isError(length)) {
      throw new ProtocolViolationException(
          "Expected packet number %d but got %d, %s".formatted(sequence, number, where()));
    }
    sequence = number + 1 & 0xFF;
    dropHeader();
    return length;
  }

  /** A server that closes an idle session sends an error with an unexpected sequence number. */
  private boolean isError(int length) throws IOException {
    if (size > 0 || length == 0) {
      return false;
    }
    fill(HEADER + 1, false);
    return buffer[begin + HEADER] == (byte) 0xFF;
  }

  /** Removes a four-byte header between the parts of a payload. */
  private void dropHeader() {
    if (size == 0) {
      begin += HEADER;
      return;
    }
    int at = begin + size;
    end -= HEADER;
    System.arraycopy(buffer, at + HEADER, buffer, at, end - at);
  }

  /** Reads until {@code needed} bytes are available from {@code begin}. */
  private void fill(int needed, boolean moreToCome) throws IOException {
    while (end - begin < needed) {
      makeRoom(needed, moreToCome);
      int missing = needed - (end - begin);
      // Read-ahead is bounded: bytes read beyond a part of a long packet have to be moved.
      int count = read(Math.min(buffer.length - end, Math.max(missing, CHUNK)));
      if (count < 0) {
        throw new ConnectionLostException(closedAfter(end - begin, needed));
      }
      end += count;
    }
  }

  private void makeRoom(int needed, boolean moreToCome) {
    if (begin > 0) {
      moveTo(buffer);
    }
    if (end == buffer.length) {
      moveTo(new byte[largerCapacity(needed, moreToCome)]);
    }
  }

  private int largerCapacity(int needed, boolean moreToCome) {
    long doubled = 2L * buffer.length;
    if (doubled <= RETAINED) {
      return (int) doubled;
    }
    long expected = moreToCome ? Math.max(needed, announcedSize()) : needed;
    return (int) Math.min(doubled, Math.min(expected, maxPayload) + HEADER);
  }

  private void moveTo(byte[] target) {
    System.arraycopy(buffer, begin, target, 0, end - begin);
    buffer = target;
    end -= begin;
    begin = 0;
  }

  /** The total length of the current packet, as far as it is known. */
  private long announcedSize() {
    if (!eventsFollow) {
      return maxPayload;
    }
    int at = begin + EVENT_LENGTH_AT;
    return 1 + (u24(at) | (buffer[at + 3] & 0xFFL) << 24);
  }

  private int read(int count) throws IOException {
    try {
      return in.read(buffer, end, count);
    } catch (SocketTimeoutException e) {
      throw new ConnectionLostException(timeoutMessage + ", " + where(), e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private ConnectionLostException broken(IOException e) {
    return new ConnectionLostException(
        "The connection failed (" + e.getMessage() + "), " + where(), e);
  }

  private String closedAfter(int have, int needed) {
    if (have == 0) {
      return "The server closed the connection, " + where();
    }
    return "The server closed the connection after %d of %d bytes of a packet, %s"
        .formatted(have, needed, where());
  }

  private void refuseAbove(long length) throws ProtocolViolationException {
    if (length > maxPayload) {
      throw new ProtocolViolationException(
          "A packet of %d bytes or more exceeds the limit of %d (%s), %s%s"
              .formatted(length, maxPayload, limitName, where(), limitAdvice));
    }
  }

  private int u24(int at) {
    return buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
  }
}
