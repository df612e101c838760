package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * Cuts the server's byte stream into packets, in one large buffer that is used again and again: a
 * packet is a slice of it, valid until the next one is asked for. One thread.
 *
 * <p>Packets of 0xFFFFFF bytes go on in the following packet; they are joined in place. The buffer
 * grows by doubling, and only when it is full of bytes that have arrived, so a length field that
 * lies costs nothing. After a large packet it shrinks again before the next read.
 */
final class PacketReader {
  /** A packet of this length is continued in the next one. */
  static final int FULL_FRAGMENT = 0xFFFFFF;

  static final int CHUNK = 256 * 1024;

  /** Above this the buffer is given back after use. */
  static final int RETAINED = 4 * 1024 * 1024;

  private static final String RAISE = "; fix: raise it, and the heap with it";
  private static final int HEADER = 4;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;

  /** Where a streamed event says how long it is: behind the status byte, in the header. */
  private static final int EVENT_LENGTH_AT = 1 + 9;

  private final InputStream in;
  private final String peer;
  private int maxPayload;
  private String limitName = "MaxEventSize";
  private String limitCure = RAISE;

  private byte[] buffer = new byte[CHUNK];
  private int begin;
  private int size;
  private int end;
  private int sequence;
  private boolean eventsFollow;
  private String purpose = "the greeting";
  private String patience = "";

  /**
   * @param in where bytes come from; its {@code available} must count what waits in the socket
   * @param peer {@code host:port}, for messages
   * @param maxPayload the longest packet, joined from its parts, that is not refused
   */
  PacketReader(InputStream in, String peer, long maxPayload) {
    this.in = in;
    this.peer = peer;
    this.maxPayload = (int) Math.min(maxPayload, LARGEST_ARRAY);
  }

  /** From now on refuses packets above {@code MaxEventSize}. */
  void limitToEvents(long maxPayload) {
    limit(maxPayload, "MaxEventSize", RAISE);
  }

  /** Whoever answers there has not shown that it is a server: no packet needs so much. */
  void limitToLogin(long maxPayload) {
    limit(maxPayload, "until the login has ended", "; is that port a MySQL server's?");
  }

  private void limit(long maxPayload, String name, String cure) {
    this.maxPayload = (int) Math.min(maxPayload, LARGEST_ARRAY);
    this.limitName = name;
    this.limitCure = cure;
  }

  /** Reads the next packet; the slice of the last one is no longer valid. */
  void next() throws IOException {
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
  void next(ByteReader payload) throws IOException {
    next();
    payload.wrap(buffer, begin, size);
  }

  /** The array that holds the packet's payload. */
  byte[] array() {
    return buffer;
  }

  /** Where the payload begins in {@link #array()}. */
  int offset() {
    return begin;
  }

  /** How many bytes the payload has. */
  int length() {
    return size;
  }

  /** Whether any byte of a further packet waits here or in the socket. Never blocks. */
  boolean isAvailable() throws IOException {
    if (unread() > 0) {
      return true;
    }
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The next packet has number {@code sequence}; messages call what comes {@code what}. */
  void expect(String what, int sequence) {
    this.purpose = what;
    expectNumber(sequence);
  }

  void expectNumber(int sequence) {
    this.sequence = sequence;
  }

  /** The number that the next packet must have, whoever sends it. */
  int sequence() {
    return sequence;
  }

  /** From now on packets carry binlog events, which say in their header how long they are. */
  void expectEvents() {
    eventsFollow = true;
  }

  /** What to say if nothing comes, such as {@code No bytes for 30 s}. */
  void patience(String silence) {
    this.patience = silence;
  }

  /** Bytes that were read and belong to no packet handed out yet. */
  int unread() {
    return end - begin - size;
  }

  /** Where the stream stands, for messages. */
  String where() {
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

  /** A server that closes an idle session says so with an error of a number of its own. */
  private boolean isError(int length) throws IOException {
    if (size > 0 || length == 0) {
      return false;
    }
    fill(HEADER + 1, false);
    return buffer[begin + HEADER] == (byte) 0xFF;
  }

  /** Takes the four bytes of a header out from between the parts of a payload. */
  private void dropHeader() {
    if (size == 0) {
      begin += HEADER;
      return;
    }
    int at = begin + size;
    end -= HEADER;
    System.arraycopy(buffer, at + HEADER, buffer, at, end - at);
  }

  /** Reads until {@code needed} bytes lie behind {@code begin}. */
  private void fill(int needed, boolean moreToCome) throws IOException {
    while (end - begin < needed) {
      makeRoom(needed, moreToCome);
      int missing = needed - (end - begin);
      // A bounded read-ahead: what is read beyond a part of a long packet has to be moved.
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
    long wanted = moreToCome ? Math.max(needed, announcedSize()) : needed;
    return (int) Math.min(doubled, Math.min(wanted, maxPayload) + HEADER);
  }

  private void moveTo(byte[] target) {
    System.arraycopy(buffer, begin, target, 0, end - begin);
    buffer = target;
    end -= begin;
    begin = 0;
  }

  /** How long the packet under way will be in the end, as far as one can know. */
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
      throw new ConnectionLostException(patience + ", " + where(), e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private ConnectionLostException broken(IOException e) {
    return new ConnectionLostException(
        "The connection broke (" + e.getMessage() + "), " + where(), e);
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
              .formatted(length, maxPayload, limitName, where(), limitCure));
    }
  }

  private int u24(int at) {
    return buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
  }
}
