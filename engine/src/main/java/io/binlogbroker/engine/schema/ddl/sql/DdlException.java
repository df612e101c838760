package io.binlogbroker.engine.schema.ddl.sql;

/** A statement, or its effect on a table, is not certain. */
public final class DdlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DdlException(String message) {
    super(message);
  }
}
