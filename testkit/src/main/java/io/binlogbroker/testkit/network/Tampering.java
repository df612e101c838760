package io.binlogbroker.testkit.network;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Modifies the bytes that a server sends through a {@link TcpProxy}. Called on the threads of its
 * connections, once per chunk of a stream, in the stream's order.
 */
public interface Tampering {
  /** Returned by {@link #tamper} to forward a chunk and keep the connection. */
  int PASS = -1;

  /**
   * Can modify the first {@code length} bytes in place.
   *
   * @return {@link #PASS}, or the number of bytes that are forwarded before the connection is
   *     closed
   */
  int tamper(byte[] bytes, int length);

  /** Forwards everything unchanged. */
  static Tampering none() {
    return (bytes, length) -> PASS;
  }

  /** Inverts one byte, {@code offset} bytes from now on, once. */
  static Tampering flipByteAt(long offset) {
    AtomicLong seen = new AtomicLong();
    return (bytes, length) -> {
      long at = offset - seen.getAndAdd(length);
      if (at >= 0 && at < length) {
        bytes[(int) at] ^= (byte) 0xFF;
      }
      return PASS;
    };
  }

  /** Closes a connection after {@code offset} more bytes, once. */
  static Tampering cutAfter(long offset) {
    AtomicLong seen = new AtomicLong();
    return (bytes, length) -> {
      long at = offset - seen.getAndAdd(length);
      return at >= 0 && at < length ? (int) at : PASS;
    };
  }
}
