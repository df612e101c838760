package io.binlogbroker.engine.schema.catalogue;

/** A stored entry is damaged; the message names it and the fix. */
public final class DamagedEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedEntryException(String key, Throwable cause) {
    super(
        "The catalogue's entry "
            + key
            + " is damaged: "
            + cause.getMessage()
            + ". Compare the table with its topic, then remove the entry (docs/catalogue.md).",
        cause);
  }
}
