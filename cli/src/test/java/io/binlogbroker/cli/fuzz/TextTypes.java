package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.cli.fuzz.RandomType.KeyUse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts, ENUMs and SETs in the character sets of a server. */
final class TextTypes {
  /** First and last code points of a character set besides ASCII. */
  private static final Map<String, int[]> LETTERS =
      Map.ofEntries(
          Map.entry("gbk", new int[] {0x4E00, 0x9FA0}),
          Map.entry("gb18030", new int[] {0x4E00, 0x1F64F}),
          Map.entry("gb2312", new int[] {0x8BA2, 0x8BA4}),
          Map.entry("big5", new int[] {0x8A02, 0x8A03}),
          Map.entry("sjis", new int[] {0x3041, 0x3093}),
          Map.entry("cp932", new int[] {0x30A1, 0x30F6}),
          Map.entry("ujis", new int[] {0x3041, 0x3093}),
          Map.entry("eucjpms", new int[] {0xFF61, 0xFF9F}),
          Map.entry("euckr", new int[] {0xAC00, 0xAC10}),
          Map.entry("ucs2", new int[] {0x0400, 0x9FFF}),
          Map.entry("utf8mb3", new int[] {0x00A0, 0x9FFF}),
          Map.entry("utf8", new int[] {0x00A0, 0x9FFF}),
          Map.entry("utf8mb4", new int[] {0x00A0, 0x1FFFF}),
          Map.entry("utf16", new int[] {0x00A0, 0x1FFFF}),
          Map.entry("utf16le", new int[] {0x00A0, 0x1FFFF}),
          Map.entry("utf32", new int[] {0x00A0, 0x1FFFF}),
          Map.entry("koi8r", new int[] {0x0410, 0x044F}),
          Map.entry("koi8u", new int[] {0x0410, 0x044F}),
          Map.entry("cp1251", new int[] {0x0410, 0x044F}),
          Map.entry("cp866", new int[] {0x0410, 0x044F}),
          Map.entry("greek", new int[] {0x0391, 0x03A1}),
          Map.entry("hebrew", new int[] {0x05D0, 0x05EA}),
          Map.entry("cp1256", new int[] {0x0621, 0x063A}),
          Map.entry("tis620", new int[] {0x0E01, 0x0E3A}),
          Map.entry("armscii8", new int[] {0x0531, 0x0556}),
          Map.entry("geostd8", new int[] {0x10D0, 0x10F0}),
          Map.entry("ascii", new int[] {0x0041, 0x005A}),
          Map.entry("swe7", new int[] {0x0041, 0x005A}));

  private static final int[] LATIN = {0x00C0, 0x00FF};

  private final Map<String, List<String>> collations;
  private final List<String> charsets;
  private final boolean logsLabels;
  private final boolean anyLabels;

  /**
   * @param collations of each character set of the server
   * @param logsLabels whether its log can contain the character set of labels
   * @param anyLabels whether labels may contain characters that information_schema does not show
   */
  TextTypes(Map<String, List<String>> collations, boolean logsLabels, boolean anyLabels) {
    this.collations = collations;
    this.logsLabels = logsLabels;
    this.anyLabels = anyLabels;
    this.charsets = collations.keySet().stream().sorted().toList();
  }

  RandomType text(Dice dice) {
    String charset = charset(dice);
    if (dice.chance(4)) {
      return tooLong(charset, dice);
    }
    int length = dice.oneOf(0, 1, 20, 63, 64, 255, dice.between(1, 300));
    String name =
        dice.oneOf(
            "CHAR(" + Math.min(length, 255) + ")",
            "VARCHAR(" + length + ")",
            "VARCHAR(" + length + ")",
            "TINYTEXT",
            "TEXT",
            "MEDIUMTEXT",
            "LONGTEXT");
    boolean declared = name.contains("CHAR");
    int most = declared ? Math.min(length, 255) : name.equals("TINYTEXT") ? 60 : 2000;
    boolean large = name.equals("MEDIUMTEXT") || name.equals("LONGTEXT");
    KeyUse key = declared ? KeyUse.WHOLE : KeyUse.PREFIX;
    return RandomType.of(
            name + " " + inCharset(charset, dice),
            SelectedAs.TEXT,
            values -> value(charset, large && values.chance(2) ? -1 : most, values))
        .asKey(declared && most == 0 ? KeyUse.NOT : key);
  }

  /** Or just too long, by character set; then it is not a VARCHAR on the server. */
  private static RandomType tooLong(String charset, Dice dice) {
    String name = "VARCHAR(" + dice.oneOf(16_384, 21_846, 32_769, 70_000) + ")";
    return RandomType.of(
        name + " CHARACTER SET " + charset, SelectedAs.TEXT, values -> value(charset, 50, values));
  }

  RandomType labels(Dice dice) {
    if (anyLabels && dice.chance(25)) {
      return OddLabels.any(dice);
    }
    String charset = charset(dice);
    boolean set = dice.chance(50);
    int count = set ? dice.oneOf(1, 3, 8, 9, 17, 33, 64) : dice.oneOf(1, 3, 5, 255, 256, 300);
    String labels =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> literal(label(charset, dice) + i))
            .collect(Collectors.joining(","));
    String sql = (set ? "SET(" : "ENUM(") + labels + ") " + inCharset(charset, dice);
    RandomType type =
        RandomType.of(
            sql,
            SelectedAs.TEXT,
            values ->
                set
                    ? Long.toUnsignedString(values.bits() >>> (64 - count))
                    : values.chance(5) ? "'none of them'" : "" + values.between(1, count));
    return logsLabels ? type : type.knownBySchema();
  }

  /**
   * If information_schema must show them, only from the first Unicode plane: it shows other
   * characters as a question mark; it doubles backslashes or not, by version.
   */
  private String label(String charset, Dice dice) {
    return letters(charset, dice.below(3), dice)
        .codePoints()
        .filter(letter -> isOfLabels(letter, charset))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * A character that the character set lacks becomes a question mark, which is refused in a label.
   */
  private boolean isOfLabels(int letter, String charset) {
    boolean unicode = charset.startsWith("utf") || charset.equals("ucs2");
    return (anyLabels ? letter != ',' : ",\\?".indexOf(letter) < 0)
        && (letter < 0x7F || unicode && (anyLabels || Character.isBmpCodePoint(letter)));
  }

  private String charset(Dice dice) {
    return dice.chance(35) && charsets.contains("utf8mb4") ? "utf8mb4" : dice.oneOf(charsets);
  }

  String inCharset(String charset, Dice dice) {
    String collate = dice.chance(50) ? " COLLATE " + dice.oneOf(collations.get(charset)) : "";
    return "CHARACTER SET " + charset + collate;
  }

  /** Any character set, as ALTER TABLE converts to. */
  String anyCharset(Dice dice) {
    return inCharset(dice.oneOf(charsets), dice);
  }

  /**
   * @param maximum number of characters; about a million if negative
   */
  private static String value(String charset, int most, Dice dice) {
    if (most < 0) {
      String piece = literal(letters(charset, 9, dice));
      return "REPEAT(" + piece + ", " + dice.between(10_000, 150_000) + ")";
    }
    int length = dice.chance(10) ? most : dice.below(Math.min(most, 30) + 1);
    return literal(letters(charset, length, dice));
  }

  private static String letters(String charset, int count, Dice dice) {
    int[] range = LETTERS.getOrDefault(charset, LATIN);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(dice.chance(40) ? dice.between(0x20, 0x7E) : letter(range, dice));
    }
    return text.toString();
  }

  private static int letter(int[] range, Dice dice) {
    int letter = dice.between(range[0], range[1]);
    boolean surrogate = letter >= 0xD800 && letter <= 0xDFFF;
    return surrogate ? range[0] : letter;
  }

  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
