package io.binlogbroker.binlog.row.text;

/** Converts the bytes of one character set to UTF-8. Stateless: shared by all streams. */
public interface TextDecoder {
  /**
   * Appends {@code bytes[from, to)} as UTF-8, with U+FFFD for malformed and undefined codes.
   *
   * @return whether anything was replaced
   */
  boolean decode(byte[] bytes, int from, int to, Utf8Buffer out);

  /**
   * Length in bytes of the code at {@code i}, even if it has no character; 1 if it is not a
   * multi-byte code.
   */
  default int length(byte[] bytes, int i, int to) {
    return 1;
  }
}
