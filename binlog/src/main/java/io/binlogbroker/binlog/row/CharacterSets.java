package io.binlogbroker.binlog.row;

import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which characters a server's character sets have. Any thread. */
public final class CharacterSets {
  private static final Map<String, BitSet> BY_TABLE = new ConcurrentHashMap<>();

  private CharacterSets() {}

  /**
   * Whether a character set has a character, so that a server keeps it.
   *
   * @param charset as information_schema names it
   */
  public static boolean has(String charset, int codePoint) {
    return switch (charset) {
      case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030" -> true;
      case "utf8mb3", "ucs2" -> Character.isBmpCodePoint(codePoint);
      case "binary" -> false;
      default -> BY_TABLE.computeIfAbsent(charset, CharacterSets::byTable).get(codePoint);
    };
  }

  /**
   * Whether it is certain that a server puts a question mark for a character: in those of several
   * bytes that have tables it may have another one for it.
   */
  public static boolean lacks(String charset, int codePoint) {
    boolean told =
        switch (charset) {
          case "utf8mb3", "ucs2" -> true;
          case "binary" -> false;
          default -> MysqlCharset.ofName(charset).maxBytes() == 1;
        };
    return told && !has(charset, codePoint);
  }

  /** A text in a character set; U+FFFD for what is none. */
  public static String decode(String charset, byte[] text) {
    return MysqlCharset.ofName(charset).decode(text);
  }

  /** All characters that any bytes of the character set mean. */
  private static BitSet byTable(String name) {
    MysqlCharset charset = MysqlCharset.ofName(name);
    BitSet characters = new BitSet();
    for (int one = 0; one < 256; one++) {
      add(charset, characters, (byte) one);
    }
    for (int two = 0; charset.maxBytes() > 1 && two < 65_536; two++) {
      add(charset, characters, (byte) (two >> 8), (byte) two);
      if (charset.maxBytes() > 2) {
        add(charset, characters, (byte) 0x8F, (byte) (two >> 8), (byte) two);
      }
    }
    return characters;
  }

  private static void add(MysqlCharset charset, BitSet characters, byte... code) {
    String text = charset.decode(code);
    int character = text.codePointAt(0);
    boolean one = Character.charCount(character) == text.length();
    if (one && character != Utf8Buffer.REPLACEMENT) {
      characters.set(character);
    }
  }
}
