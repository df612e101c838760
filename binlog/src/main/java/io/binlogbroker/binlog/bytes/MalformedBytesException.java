package io.binlogbroker.binlog.bytes;

/**
 * Bytes that do not say what the protocol lets them say: a length beyond the end, an unknown code,
 * a checksum that does not fit. No retry helps; whoever knows the position adds it and stops.
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
