package io.binlogbroker.engine.schema.ddl.sql;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Character set names as in statements and in information_schema. */
public final class Charsets {
  public static final String BINARY = "binary";

  /** The prefixes of collation names before the first underscore. */
  private static final Set<String> NAMES =
      Set.of(
          "armscii8",
          "ascii",
          "big5",
          "binary",
          "cp1250",
          "cp1251",
          "cp1256",
          "cp1257",
          "cp850",
          "cp852",
          "cp866",
          "cp932",
          "dec8",
          "eucjpms",
          "euckr",
          "gb18030",
          "gb2312",
          "gbk",
          "geostd8",
          "greek",
          "hebrew",
          "hp8",
          "keybcs2",
          "koi8r",
          "koi8u",
          "latin1",
          "latin2",
          "latin5",
          "latin7",
          "macce",
          "macroman",
          "sjis",
          "swe7",
          "tis620",
          "ucs2",
          "ujis",
          "utf16",
          "utf16le",
          "utf32",
          "utf8mb3",
          "utf8mb4");

  private Charsets() {}

  /** The name in information_schema. */
  public static String of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String known = lower.equals("utf8") ? "utf8mb3" : lower;
    if (!NAMES.contains(known)) {
      throw new DdlException("Expected a character set but got \"" + name + "\"");
    }
    return known;
  }

  /**
   * The character set of a collation; null for a MariaDB collation that applies to any character
   * set.
   */
  public static @Nullable String ofCollation(String collation) {
    String lower = collation.toLowerCase(Locale.ROOT);
    int end = lower.indexOf('_');
    String prefix = end < 0 ? lower : lower.substring(0, end);
    if (prefix.startsWith("uca1400") || lower.equals("default")) {
      return null;
    }
    return of(prefix);
  }

  /** Maximum bytes per character. */
  public static int maxBytes(String charset) {
    return switch (charset) {
      case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030" -> 4;
      case "utf8mb3", "ujis", "eucjpms" -> 3;
      case "ucs2", "gbk", "gb2312", "big5", "sjis", "cp932", "euckr" -> 2;
      default -> 1;
    };
  }

  /** Whether every character, even ASCII, has at least two bytes. */
  public static boolean isWide(String charset) {
    return switch (charset) {
      case "ucs2", "utf16", "utf16le", "utf32" -> true;
      default -> false;
    };
  }

  /** Whether it contains all of ASCII. */
  public static boolean hasAscii(String charset) {
    return !charset.equals("swe7");
  }

  /** The binary type that corresponds to a text type. */
  public static String binaryTwin(String base) {
    return switch (base) {
      case "char" -> "binary";
      case "varchar" -> "varbinary";
      case "tinytext", "text", "mediumtext", "longtext" -> base.replace("text", "blob");
      default -> base;
    };
  }
}
