package io.binlogbroker.binlog.row.text;

import io.binlogbroker.binlog.row.column.SchemaException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A character set of MySQL or MariaDB: its name, its character length and its conversion to UTF-8.
 * Immutable and shared; its tables are loaded from resources on first use.
 */
public final class MysqlCharset {
  /** The collation of BINARY, VARBINARY and BLOB. */
  public static final int BINARY_COLLATION = 63;

  private static final Map<String, String> JAVA_NAMES =
      Map.of(
          "gbk", "GBK",
          "gb2312", "EUC-CN",
          "gb18030", "GB18030",
          "big5", "Big5",
          "sjis", "Shift_JIS",
          "cp932", "windows-31j",
          "ujis", "EUC-JP",
          "eucjpms", "x-eucJP-Open",
          "euckr", "x-windows-949");

  private final String name;
  private final int maxBytes;
  private final boolean asciiCompatible;
  private final TextDecoder decoder;

  private MysqlCharset(String name, int maxBytes, boolean asciiCompatible, TextDecoder decoder) {
    this.name = name;
    this.maxBytes = maxBytes;
    this.asciiCompatible = asciiCompatible;
    this.decoder = decoder;
  }

  /**
   * @throws SchemaException if the collation is unknown
   */
  public static MysqlCharset ofCollation(int id) {
    String name = Tables.COLLATIONS.get(id);
    if (name == null) {
      throw new SchemaException(
          "Collation "
              + id
              + " is unknown; the server is newer than this version of the program. Update the program");
    }
    return named(name);
  }

  /**
   * @param name as in information_schema
   */
  public static MysqlCharset ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return named(lower.equals("utf8") ? "utf8mb3" : lower);
  }

  private static MysqlCharset named(String name) {
    synchronized (Tables.KNOWN) {
      MysqlCharset known = Tables.KNOWN.get(name);
      if (known == null) {
        known = load(name);
        Tables.KNOWN.put(name, known);
      }
      return known;
    }
  }

  private static MysqlCharset load(String name) {
    return switch (name) {
      case "binary" -> new MysqlCharset(name, 1, true, new Utf8Text());
      case "utf8mb3" -> new MysqlCharset(name, 3, true, new Utf8Text());
      case "utf8mb4" -> new MysqlCharset(name, 4, true, new Utf8Text());
      case "ascii" -> new MysqlCharset(name, 1, true, SingleByteText.ascii());
      case "ucs2" -> new MysqlCharset(name, 2, false, WideText.ucs2());
      case "utf16" -> new MysqlCharset(name, 4, false, WideText.utf16(false));
      case "utf16le" -> new MysqlCharset(name, 4, false, WideText.utf16(true));
      case "utf32" -> new MysqlCharset(name, 4, false, WideText.utf32());
      default -> loadByTable(name);
    };
  }

  private static MysqlCharset loadByTable(String name) {
    String javaName = JAVA_NAMES.get(name);
    if (javaName != null) {
      String[] fields = CharsetResource.fields("multi-byte.txt", name);
      return new MysqlCharset(name, maxBytes(name), true, new MultiByteText(javaName, fields));
    }
    if (!Tables.COLLATIONS.containsValue(name)) {
      throw new SchemaException("Unknown character set " + name);
    }
    char[] table = CharsetResource.table(name);
    return new MysqlCharset(name, 1, table['['] == '[', new SingleByteText(table));
  }

  private static int maxBytes(String name) {
    return switch (name) {
      case "gb18030" -> 4;
      case "ujis", "eucjpms" -> 3;
      default -> 2;
    };
  }

  public String name() {
    return name;
  }

  /** Maximum number of bytes per character. */
  public int maxBytes() {
    return maxBytes;
  }

  public boolean isBinary() {
    return maxBytes == 1 && name.equals("binary");
  }

  /** Whether valid text is UTF-8. */
  public boolean isUtf8() {
    return decoder instanceof Utf8Text;
  }

  /** Whether single bytes below 0x80 are ASCII. */
  public boolean isAsciiCompatible() {
    return asciiCompatible;
  }

  public TextDecoder decoder() {
    return decoder;
  }

  /** Decodes a label or another short text. */
  public String decode(byte[] bytes) {
    Utf8Buffer out = new Utf8Buffer();
    decoder.decode(bytes, 0, bytes.length, out);
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Loaded on first use. */
  private static final class Tables {
    static final Map<Integer, String> COLLATIONS = CharsetResource.collations();
    static final Map<String, @Nullable MysqlCharset> KNOWN = new HashMap<>();
  }
}
