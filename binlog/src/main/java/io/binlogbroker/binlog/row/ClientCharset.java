package io.binlogbroker.binlog.row;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The character set of a session's statements, as the server's lexer sees their bytes: which are
 * blanks, which belong to words, how many make a character. Immutable; any thread.
 */
public final class ClientCharset {
  private static final int UTF8MB4 = 45;
  private static final byte BLANK = 1;
  private static final byte CONTROL = 2;
  private static final byte WORD = 3;

  private static final Map<String, ClientCharset> KNOWN = new ConcurrentHashMap<>();

  /** For statements whose character set is not noted, and for those that servers write. */
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
   * @param collation a number of one of its collations
   * @throws SchemaException when no server that is known has such a collation
   */
  public static ClientCharset of(int collation) {
    MysqlCharset charset = MysqlCharset.ofCollation(collation);
    ClientCharset known = KNOWN.get(charset.name());
    return known != null ? known : load(charset);
  }

  private static ClientCharset load(MysqlCharset charset) {
    if (!charset.asciiInside() && charset.maxBytes() > 1) {
      throw new SchemaException(
          "Expected the character set of a statement but got "
              + charset
              + ", which no session has");
    }
    ClientCharset loaded = new ClientCharset(charset);
    KNOWN.put(charset.name(), loaded);
    return loaded;
  }

  public boolean isBlank(byte b) {
    return classes[b & 0xFF] == BLANK;
  }

  /** Whether two dashes before this byte begin a comment. */
  public boolean isBlankOrControl(byte b) {
    return classes[b & 0xFF] == BLANK || classes[b & 0xFF] == CONTROL;
  }

  /**
   * Whether it is one of a keyword, a number or a name without quotes. True for each byte of a
   * character that is not ASCII: where the server takes one for a sign, it refuses the statement.
   */
  public boolean isWordPart(byte b) {
    return classes[b & 0xFF] == WORD;
  }

  /** Bytes of the character that begins there; 1 for those that begin none. */
  public int length(byte[] text, int at) {
    return text[at] >= 0 ? 1 : charset.decoder().length(text, at, text.length);
  }

  /** The text as it is meant, with U+FFFD for what is malformed. */
  public String decode(byte[] text) {
    return charset.decode(text);
  }

  @Override
  public String toString() {
    return charset.name();
  }
}
