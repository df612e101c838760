package io.binlogbroker.binlog.row.column;

/**
 * No known column list of a table matches its TABLE_MAP, so its rows cannot be decoded reliably.
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
