package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.text.CharacterSets;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A label of an ENUM or SET as written in a statement.
 *
 * @param text for bytes, one character each
 * @param bytes whether it is a hexadecimal or binary literal, whose bytes are in the column's
 *     character set
 */
record ReadLabel(String text, boolean bytes) {
  static ReadLabel of(String text) {
    return new ReadLabel(text, false);
  }

  /**
   * A label written as a hexadecimal or binary literal.
   *
   * @param radix 16 or 2
   * @throws DdlException if it is not a number
   */
  static ReadLabel of(String digits, int radix) {
    if (!digits.matches(radix == 16 ? "[0-9A-Fa-f]+" : "[01]+")) {
      throw new DdlException("Expected a label but got the digits \"" + digits + '"');
    }
    int count = (digits.length() * (radix == 16 ? 4 : 1) + 7) / 8;
    byte[] number = new BigInteger(digits, radix).toByteArray();
    byte[] bytes = new byte[count];
    int used = Math.min(count, number.length);
    System.arraycopy(number, number.length - used, bytes, count - used, used);
    return new ReadLabel(new String(bytes, StandardCharsets.ISO_8859_1), true);
  }

  /**
   * The label as the server stores it in a character set: without trailing spaces unless it is
   * binary, with a question mark for each character that the character set lacks.
   *
   * @param literals character set of the session's literals; empty if unknown
   * @throws DdlException if that is not certain
   */
  ReadLabel stored(String charset, String literals) {
    String kept = bytes ? decoded(charset) : kept(charset, literals);
    return of(charset.equals(Charsets.BINARY) ? kept : withoutBlanks(kept));
  }

  private static String withoutBlanks(String label) {
    int end = label.length();
    while (end > 0 && label.charAt(end - 1) == ' ') {
      end--;
    }
    return label.substring(0, end);
  }

  private String kept(String charset, String literals) {
    if (charset.equals(Charsets.BINARY)) {
      requireSameBytes(literals);
      return text;
    }
    if (isAscii() && Charsets.hasAscii(charset)) {
      return text;
    }
    requireIn(literals);
    StringBuilder kept = new StringBuilder();
    text.codePoints().forEach(letter -> kept.appendCodePoint(kept(letter, charset)));
    return kept.toString();
  }

  private int kept(int letter, String charset) {
    if (CharacterSets.has(charset, letter)) {
      return letter;
    }
    if (!CharacterSets.lacks(charset, letter)) {
      throw unclear("how " + charset + " stores it");
    }
    return '?';
  }

  /**
   * A character that the session's literals lack is lost before the conversion to the column's
   * character set.
   */
  private void requireIn(String literals) {
    boolean held =
        literals.isEmpty()
            || text.codePoints().allMatch(letter -> CharacterSets.has(literals, letter));
    if (!held) {
      throw unclear("how " + literals + " (collation_connection) converts it");
    }
  }

  /** Bytes are displayed as UTF-8. */
  private void requireSameBytes(String literals) {
    boolean same = isAscii() ? !Charsets.isWide(literals) : literals.startsWith("utf8");
    if (!same) {
      throw unclear("which bytes it has in a session whose collation_connection is not UTF-8");
    }
  }

  private DdlException unclear(String what) {
    return new DdlException("It is unknown for the label '" + text + "' " + what);
  }

  private String decoded(String charset) {
    byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
    String decoded = CharacterSets.decode(charset, raw);
    if (decoded.indexOf('\uFFFD') >= 0) {
      throw new DdlException("Expected a label in " + charset + " but got other bytes");
    }
    return decoded;
  }

  private boolean isAscii() {
    return text.chars().allMatch(letter -> letter < 0x80);
  }

  /** As in information_schema. */
  String shown() {
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\0", "\\0")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("'", "''");
    return "'" + escaped + "'";
  }
}
