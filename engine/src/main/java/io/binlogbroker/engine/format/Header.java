package io.binlogbroker.engine.format;

/** A header of a message; the array must not be modified. */
public record Header(String name, byte[] value) {
  /** On the insert message of a key change: the key of the delete message. */
  public static final String OLD_KEY = "bb.oldkey";

  /** On a message whose largest columns were left out: their names, as a JSON array. */
  public static final String TRIMMED = "bb.trimmed";

  /** On the delete message of a key change: the key of the insert message. */
  public static final String NEW_KEY = "bb.newkey";
}
