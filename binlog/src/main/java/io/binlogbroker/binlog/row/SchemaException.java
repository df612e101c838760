package io.binlogbroker.binlog.row;

/**
 * Nothing that is known of a table fits the TABLE_MAP that the stream shows: decoding it would be a
 * guess.
 */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaException(String message) {
    super(message);
  }

  public SchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
