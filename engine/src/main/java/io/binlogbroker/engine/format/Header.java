package io.binlogbroker.engine.format;

/** A header of a message; the array is never written again. */
public record Header(String name, byte[] value) {
  /** On the insert half of a key change: the key that the delete half has. */
  public static final String OLD_KEY = "bb.oldkey";

  /** On a message without its largest columns: their names, as a JSON array. */
  public static final String TRIMMED = "bb.trimmed";

  /** On the delete half of a key change: the key that the insert half has. */
  public static final String NEW_KEY = "bb.newkey";
}
