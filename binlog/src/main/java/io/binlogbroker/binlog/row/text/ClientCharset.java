package io.binlogbroker.binlog.row.text;

import io.binlogbroker.binlog.row.column.SchemaException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The character set of a session's statements, as the server's lexer classifies their bytes:
 * blanks, parts of words, and character lengths. Immutable.
 */
public final class ClientCharset {
  private static final int UTF8MB4 = 45;
  private static final byte BLANK = 1;
  private static final byte CONTROL = 2;
  private static final byte WORD = 3;

  private static final Map<String, ClientCharset> KNOWN = new ConcurrentHashMap<>();

  /** For statements whose character set is not logged, and for those that servers generate. */
  public static final ClientCharset UTF8 = of(UTF8MB4);

  private final MysqlCharset charset;
  private final byte[] classes = new byte[256];

  private ClientCharset(MysqlCharset charset) {
    this.charset = charset;
    String[] fields = CharsetResource.fields("statements.txt", charset.name());
    Arrays.fill(classes, 0, 0x20, CONTROL);
    Arrays.fill(classes, 0x80, 0x100, WORD);
    set("09-0D,20", BLANK);
    set("30-39,41-5A,61-7A,24,5F", WORD);
    set(fields[0], BLANK);
    set(fields[1], CONTROL);
    set(fields[2], WORD);
  }

  private void set(String ranges, byte kind) {
    for (int b = 0; b < classes.length; b++) {
      if (CharsetResource.isIn(ranges, b)) {
        classes[b] = kind;
      }
    }
  }

  /**
   * @param collation number of a collation of the character set
   * @throws SchemaException if the collation is unknown
   */
  public static ClientCharset of(int collation) {
    MysqlCharset charset = MysqlCharset.ofCollation(collation);
    ClientCharset known = KNOWN.get(charset.name());
    return known != null ? known : load(charset);
  }

  private static ClientCharset load(MysqlCharset charset) {
    if (!charset.isAsciiCompatible() && charset.maxBytes() > 1) {
      throw new SchemaException(
          "Expected the character set of a statement but got "
              + charset
              + ", which cannot be a session's");
    }
    ClientCharset loaded = new ClientCharset(charset);
    KNOWN.put(charset.name(), loaded);
    return loaded;
  }

  public boolean isBlank(byte b) {
    return classes[b & 0xFF] == BLANK;
  }

  /** Whether two dashes before this byte start a comment. */
  public boolean isBlankOrControl(byte b) {
    return classes[b & 0xFF] == BLANK || classes[b & 0xFF] == CONTROL;
  }

  /**
   * Whether the byte is part of a keyword, a number or an unquoted name. True for each byte of a
   * non-ASCII character: a server that treats it as punctuation rejects the statement.
   */
  public boolean isWordPart(byte b) {
    return classes[b & 0xFF] == WORD;
  }

  /** Length in bytes of the character at an index; 1 if there is none. */
  public int length(byte[] text, int at) {
    return text[at] >= 0 ? 1 : charset.decoder().length(text, at, text.length);
  }

  /** Decodes the text, with U+FFFD for malformed parts. */
  public String decode(byte[] text) {
    return charset.decode(text);
  }

  @Override
  public String toString() {
    return charset.name();
  }
}
