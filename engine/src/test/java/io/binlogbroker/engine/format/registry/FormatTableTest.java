package io.binlogbroker.engine.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of types and formats in the documentation matches the golden files: {@code
 * -Dgolden.write=true} rewrites it.
 */
class FormatTableTest {
  private static final Path DOCUMENT = Path.of("../docs/formats.md");
  private static final String BEGIN = "<!-- from the golden files: begin -->\n";
  private static final String END = "<!-- from the golden files: end -->\n";
  private static final int LONGEST = 44;

  /**
   * One line of the table.
   *
   * @param golden the case whose files contain the value
   */
  private record Line(String type, String golden, String column) {}

  private static final List<Line> LINES =
      List.of(
          new Line("TINYINT … INT", "integers-least", "medium"),
          new Line("INT UNSIGNED", "integers-greatest", "int"),
          new Line("BIGINT", "integers-greatest", "big"),
          new Line("BIGINT UNSIGNED", "integers-greatest", "big_unsigned"),
          new Line("YEAR", "integers-greatest", "year"),
          new Line("BIT(1)", "bits", "b1"),
          new Line("BIT(9)", "bits", "b9"),
          new Line("FLOAT", "reals-small", "f"),
          new Line("DOUBLE", "reals-large", "d"),
          new Line("DECIMAL", "insert", "price"),
          new Line("CHAR, VARCHAR, TEXT", "texts", "c"),
          new Line("ENUM", "labels", "e"),
          new Line("SET", "labels", "s"),
          new Line("BINARY, VARBINARY, BLOB", "bytes", "b"),
          new Line("DATE", "times", "d"),
          new Line("DATE, zero", "times-zero", "d"),
          new Line("DATETIME", "times", "dt"),
          new Line("DATETIME(3)", "times-millis", "dt"),
          new Line("DATETIME(6)", "times-micros", "dt"),
          new Line("DATETIME, zero", "times-zero", "dt"),
          new Line("DATETIME NOT NULL, zero", "times-zero-not-null", "dt"),
          new Line("TIMESTAMP(3)", "times-millis", "ts"),
          new Line("TIMESTAMP, zero", "times-zero", "ts"),
          new Line("TIME", "times", "t"),
          new Line("TIME(6)", "times-edges", "t"),
          new Line("JSON", "structures", "j"),
          new Line("GEOMETRY", "structures", "g"),
          new Line("VECTOR", "structures", "v"),
          new Line("UUID (MariaDB)", "mariadb", "u"),
          new Line("NULL", "insert", "note"));

  @Test
  void theDocumentedTableMatchesTheGoldenFiles() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    String table = table();

    if (Boolean.getBoolean("golden.write")) {
      document = document.substring(0, begin) + table + document.substring(end);
      Files.writeString(DOCUMENT, document);
      end = begin + table.length();
    }
    assertThat(document.substring(begin, end)).isEqualTo(table);
  }

  private static String table() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(row("type", labels()));
    rows.add("|---".repeat(Format.values().length + 1) + "|");
    for (Line line : LINES) {
      List<String> cells = new ArrayList<>();
      for (Format format : Format.values()) {
        cells.add(code(GoldenValues.cell(format, line.golden, line.column)));
      }
      rows.add(row(line.type, cells));
    }
    return String.join("\n", rows) + "\n";
  }

  private static List<String> labels() {
    return Arrays.stream(Format.values()).map(format -> code(format.label())).toList();
  }

  private static String row(String first, List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
  }

  private static String code(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return "`" + shown + "`";
  }
}
