package io.binlogbroker.binlog.bytes;

/**
 * Bytes that violate the protocol: a length beyond the end, an unknown code, a checksum that does
 * not match. A retry does not help; the caller that knows the position adds it to the message and
 * stops.
 */
public final class MalformedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedBytesException(String message) {
    super(message);
  }

  public MalformedBytesException(String message, Throwable cause) {
    super(message, cause);
  }
}
