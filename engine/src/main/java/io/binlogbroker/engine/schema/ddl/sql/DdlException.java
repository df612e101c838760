package io.binlogbroker.engine.schema.ddl.sql;

/** A statement, or what it does to a table, cannot be told for certain. */
public final class DdlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DdlException(String message) {
    super(message);
  }
}
