package io.binlogbroker.binlog.row;

/** Turns the bytes of one character set into UTF-8. Stateless: shared by all streams. */
interface TextDecoder {
  /**
   * Appends {@code bytes[from, to)} as UTF-8, with U+FFFD for what is malformed or stands for no
   * character.
   *
   * @return whether anything had to be replaced
   */
  boolean decode(byte[] bytes, int from, int to, Utf8Buffer out);

  /**
   * Bytes of the character at {@code i} by its form, whether or not there is such a character; 1
   * where none of several bytes begins.
   */
  default int length(byte[] bytes, int i, int to) {
    return 1;
  }
}
