package io.binlogbroker.cli.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes statements in a client's character set, with whitespace and comments that only this
 * character set has. One thread.
 */
final class ForeignText {
  /**
   * A character set of clients.
   *
   * @param letters letters that it has, some with a byte that is an ASCII sign
   * @param blanks its whitespace besides ASCII's, as bytes
   */
  private record ClientSet(String name, Charset charset, String letters, String blanks) {
    boolean has(String text) {
      return new String(text.getBytes(charset), charset).equals(text);
    }
  }

  private static final List<ClientSet> SETS =
      List.of(
          new ClientSet("latin1", Charset.forName("windows-1252"), "é€ß", "\u00a0"),
          new ClientSet("cp1250", Charset.forName("windows-1250"), "żŁé", "\u00a0"),
          new ClientSet("gbk", Charset.forName("GBK"), "订名誠é", ""),
          new ClientSet("sjis", Charset.forName("Shift_JIS"), "表ソ名", ""),
          new ClientSet("cp866", Charset.forName("IBM866"), "яЖ", "\u00ff"),
          new ClientSet("utf8mb4", StandardCharsets.UTF_8, "订é😀\u3000\u00a0", ""));

  private static final String BLANKS = " \t\n\r\u000b\f";

  private final Dice dice;

  ForeignText(Dice dice) {
    this.dice = dice;
  }

  /**
   * A statement in a character set that has all its letters.
   *
   * @param naming the statement that names the character set to the server
   * @param bytes each character is one byte
   */
  record Spelled(String naming, String bytes) {}

  Spelled spell(String sql) {
    ClientSet set = dice.oneOf(SETS.stream().filter(each -> each.has(sql)).toList());
    StringBuilder bytes = new StringBuilder();
    if (dice.chance(30)) {
      bytes.append(gap(set));
    }
    char quote = 0;
    for (int at = 0; at < sql.length(); at = sql.offsetByCodePoints(at, 1)) {
      char c = sql.charAt(at);
      if (quote == 0 && c == ' ' && dice.chance(60)) {
        bytes.append(gap(set));
        continue;
      }
      bytes.append(bytes(sql.substring(at, sql.offsetByCodePoints(at, 1)), set));
      boolean escapes = quote != 0 && quote != '`' && c == '\\' && at + 1 < sql.length();
      if (escapes) {
        at++;
        bytes.append(bytes(sql.substring(at, sql.offsetByCodePoints(at, 1)), set));
      } else if (quote == 0 && "'\"`".indexOf(c) >= 0) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return new Spelled("SET NAMES " + set.name(), bytes.toString());
  }

  /** The separator between two words. */
  private String gap(ClientSet set) {
    String blanks = BLANKS + set.blanks().repeat(6);
    String blank = String.valueOf(blanks.charAt(dice.below(blanks.length())));
    String letter = bytes(letter(set), set);
    return switch (dice.below(8)) {
      case 0 -> "/*" + letter + "'*/" + blank;
      case 1 -> blank + "--" + blank.replace('\n', ' ') + letter + ", ADD `c INT\n";
      case 2 -> blank + "#" + letter + "\"(\n";
      case 3 -> blank + blank;
      default -> blank;
    };
  }

  private String letter(ClientSet set) {
    int[] letters = set.letters().codePoints().toArray();
    return Character.toString(letters[dice.below(letters.length)]);
  }

  private static String bytes(String text, ClientSet set) {
    return new String(text.getBytes(set.charset()), StandardCharsets.ISO_8859_1);
  }
}
