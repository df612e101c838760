package io.binlogbroker.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random statements whose values and comments all contain a word, in each SQL mode. */
class ShortDdlFuzzTest {
  private static final int STATEMENTS = Integer.getInteger("fuzz.mutations", 20_000);
  private static final String SECRET = "secret";

  /** Signs that mean something outside and inside of quotes and comments. */
  private static final List<String> SIGNS =
      List.of("'", "\"", "`", "\\", "/*", "*/", "/*!", "--", "-- ", "#", "\n", " ", "é", "x");

  private final Random random = new Random(Long.getLong("fuzz.seed", 1));
  private boolean escapes;
  private boolean executes;

  @Test
  void noValueIsShown() {
    for (int i = 0; i < STATEMENTS; i++) {
      escapes = random.nextBoolean();
      executes = random.nextBoolean();
      String sql = statement();

      assertThat(ShortDdl.of(sql)).as("of %s", sql).doesNotContain(SECRET);
    }
  }

  private String statement() {
    StringBuilder sql = new StringBuilder("ALTER TABLE t ");
    int parts = 1 + random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      sql.append(part()).append(' ');
    }
    return sql.toString();
  }

  private String part() {
    return switch (random.nextInt(7)) {
      case 0 -> text('\'', escapes);
      case 1 -> text('"', escapes);
      case 2 -> "`" + noise().replace("`", "``") + "`";
      case 3 -> "/* " + comment() + " */";
      case 4 -> (random.nextBoolean() ? "# " : "-- ") + comment().replace("\n", "") + "\n";
      case 5 -> executable();
      default -> "ADD c INT";
    };
  }

  private String text(char quote, boolean backslashEscapes) {
    String text = noise() + SECRET + noise();
    String doubled = random.nextBoolean() ? "" + quote + quote : "\\" + quote;
    String escaped = text;
    if (backslashEscapes) {
      escaped = escaped.replace("\\", "\\\\").replace("" + quote, doubled);
    } else {
      escaped = escaped.replace("" + quote, "" + quote + quote);
    }
    return quote + escaped + quote;
  }

  /** A comment of a later version is not executed. */
  private String executable() {
    return executes
        ? "/*!50100 COMMENT " + text('\'', escapes) + " */"
        : "/*!99999 " + comment() + " */";
  }

  private String comment() {
    return (noise() + SECRET + noise()).replace("*/", "").replace("/*", "");
  }

  private String noise() {
    StringBuilder noise = new StringBuilder();
    int signs = random.nextInt(4);
    for (int i = 0; i < signs; i++) {
      noise.append(SIGNS.get(random.nextInt(SIGNS.size())));
    }
    return noise.toString();
  }
}
