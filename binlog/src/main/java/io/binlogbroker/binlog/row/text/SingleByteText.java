package io.binlogbroker.binlog.row.text;

/** A character set of one byte per character, decoded with the server's table. Stateless. */
final class SingleByteText implements TextDecoder {
  private final char[] table;

  /**
   * @param table of 256 characters; U+FFFD for undefined codes
   */
  SingleByteText(char[] table) {
    this.table = table;
  }

  /** ASCII, whose upper half is undefined. */
  static SingleByteText ascii() {
    char[] table = new char[256];
    for (int i = 0; i < 256; i++) {
      table[i] = (char) (i < 0x80 ? i : Utf8Buffer.REPLACEMENT);
    }
    return new SingleByteText(table);
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Utf8Buffer out) {
    boolean replaced = false;
    for (int i = from; i < to; i++) {
      char character = table[bytes[i] & 0xFF];
      replaced |= character == Utf8Buffer.REPLACEMENT;
      out.codePoint(character);
    }
    return replaced;
  }
}
