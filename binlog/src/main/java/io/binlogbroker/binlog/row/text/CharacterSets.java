package io.binlogbroker.binlog.row.text;

import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The characters of the server's character sets. Thread-safe. */
public final class CharacterSets {
  private static final Map<String, BitSet> BY_TABLE = new ConcurrentHashMap<>();

  private CharacterSets() {}

  /**
   * Whether a character set has a character, so that a server preserves it.
   *
   * @param charset name as in information_schema
   */
  public static boolean has(String charset, int codePoint) {
    return switch (charset) {
      case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030" -> true;
      case "utf8mb3", "ucs2" -> Character.isBmpCodePoint(codePoint);
      case "binary" -> false;
      default -> BY_TABLE.computeIfAbsent(charset, CharacterSets::characters).get(codePoint);
    };
  }

  /**
   * Whether a server is certain to replace a character with a question mark; multi-byte character
   * sets with conversion tables may map it to another character.
   */
  public static boolean lacks(String charset, int codePoint) {
    boolean certain =
        switch (charset) {
          case "utf8mb3", "ucs2" -> true;
          case "binary" -> false;
          default -> MysqlCharset.ofName(charset).maxBytes() == 1;
        };
    return certain && !has(charset, codePoint);
  }

  /** Decodes a text, with U+FFFD for malformed parts. */
  public static String decode(String charset, byte[] text) {
    return MysqlCharset.ofName(charset).decode(text);
  }

  /** All characters of a character set. */
  private static BitSet characters(String name) {
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
