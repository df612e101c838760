package io.binlogbroker.binlog.row.text;

/** ucs2, utf16, utf16le and utf32, with units of two or four bytes. Stateless. */
final class WideText implements TextDecoder {
  private final int unitBytes;
  private final boolean littleEndian;
  private final boolean surrogates;

  private WideText(int unitBytes, boolean littleEndian, boolean surrogates) {
    this.unitBytes = unitBytes;
    this.littleEndian = littleEndian;
    this.surrogates = surrogates;
  }

  static WideText ucs2() {
    return new WideText(2, false, false);
  }

  static WideText utf16(boolean littleEndian) {
    return new WideText(2, littleEndian, true);
  }

  static WideText utf32() {
    return new WideText(4, false, false);
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Utf8Buffer out) {
    boolean replaced = false;
    int i = from;
    while (i < to) {
      int point = pointAt(bytes, i, to);
      boolean broken = point < 0;
      out.codePoint(broken ? Utf8Buffer.REPLACEMENT : point);
      replaced |= broken;
      i += point >= 0x10000 ? 4 : unitBytes;
    }
    return replaced;
  }

  /** The code point at {@code i}; -1 if it is malformed. */
  private int pointAt(byte[] bytes, int i, int to) {
    if (to - i < unitBytes) {
      return -1;
    }
    if (unitBytes == 4) {
      int point = unit(bytes, i) << 16 | unit(bytes, i + 2);
      return point < 0 || point > 0x10FFFF || isSurrogate(point) ? -1 : point;
    }
    int unit = unit(bytes, i);
    if (!isSurrogate(unit)) {
      return unit;
    }
    if (!surrogates || unit >= 0xDC00 || to - i < 4) {
      return -1;
    }
    int low = unit(bytes, i + 2);
    return low < 0xDC00 || low > 0xDFFF ? -1 : Character.toCodePoint((char) unit, (char) low);
  }

  private static boolean isSurrogate(int point) {
    return point >= 0xD800 && point <= 0xDFFF;
  }

  private int unit(byte[] bytes, int i) {
    int first = bytes[i] & 0xFF;
    int second = bytes[i + 1] & 0xFF;
    return littleEndian ? second << 8 | first : first << 8 | second;
  }
}
