package io.binlogbroker.broker;

import static java.util.stream.Collectors.joining;

import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table for each character set of a server, whose texts together hold its codes, each followed by
 * a comma: all of them, but of the planes behind the first, whose codes are computed, the ends
 * alone. {@code binary} has none, since its bytes are no text.
 */
record CharacterTables(MysqlServer mysql, String schema, List<String> charsets) {
  private static final Set<String> UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");
  private static final Set<String> FIRST_PLANE = Set.of("utf8", "utf8mb3", "ucs2");
  private static final Map<String, Integer> MULTI_BYTE =
      Map.of(
          "gbk", 2, "gb2312", 2, "big5", 2, "sjis", 2, "cp932", 2, "euckr", 2, "ujis", 3, "eucjpms",
          3, "gb18030", 4);

  private static final int CHARACTERS_A_ROW = 4096;

  /** The codes that are one character and come out of a text as they went in. */
  private static final String FILL =
      "INSERT INTO %1$s.%2$s SELECT id, GROUP_CONCAT(v ORDER BY b SEPARATOR ',') FROM"
          + " (SELECT id, b, CONVERT(b USING %2$s) AS v FROM %1$s.codes WHERE bytes <= %3$d) AS"
          + " tried WHERE CAST(v AS BINARY) = b AND CHAR_LENGTH(v) = 1 GROUP BY id";

  /** Creates the tables, empty. */
  static CharacterTables create(MysqlServer mysql, String schema) {
    List<String> charsets =
        mysql
            .query(
                "SELECT CHARACTER_SET_NAME AS name FROM information_schema.CHARACTER_SETS"
                    + " WHERE CHARACTER_SET_NAME <> 'binary'")
            .stream()
            .map(row -> "" + row.get("name"))
            .toList();
    CharacterTables tables = new CharacterTables(mysql, schema, charsets);
    List<String> statements = new ArrayList<>();
    statements.add("CREATE DATABASE " + schema);
    statements.add("USE " + schema);
    statements.addAll(tables.codes());
    charsets.forEach(
        charset ->
            statements.add(
                "CREATE TABLE %1$s (id INT PRIMARY KEY, v MEDIUMTEXT CHARACTER SET %1$s)"
                    .formatted(charset)));
    mysql.execute(statements.toArray(String[]::new));
    return tables;
  }

  /**
   * Every code of one and two bytes, those of three that ujis and eucjpms have, those of four that
   * gb18030 has for the first plane, and the ends of the others.
   */
  private List<String> codes() {
    String bytes = IntStream.range(0, 256).mapToObj("(x'%02x')"::formatted).collect(joining(", "));
    List<String> statements = new ArrayList<>();
    statements.add("SET SESSION sql_log_bin = 0");
    statements.add("CREATE TABLE bytes (b VARBINARY(1)) ENGINE = MyISAM");
    statements.add("INSERT INTO bytes VALUES " + bytes);
    statements.add(
        "CREATE TABLE codes (id INT, bytes INT, b VARBINARY(4), KEY (bytes)) ENGINE = MyISAM");
    statements.add("INSERT INTO codes SELECT 0, 1, b FROM bytes");
    statements.add(
        "INSERT INTO codes SELECT ASCII(i.b), 2, CONCAT(i.b, j.b) FROM bytes i, bytes j"
            + " WHERE i.b >= x'80'");
    statements.add(
        "INSERT INTO codes SELECT 1, 3, CONCAT(x'8f', i.b, j.b) FROM bytes i, bytes j"
            + " WHERE i.b >= x'a1' AND j.b >= x'a1'");
    if (charsets.contains("gb18030")) {
      statements.add(
          "INSERT INTO codes SELECT 1000 + ASCII(i.b), 4, CONCAT(i.b, j.b, k.b, l.b) FROM bytes i,"
              + " bytes j, bytes k, bytes l WHERE i.b IN (x'81', x'82', x'83', x'84', x'90', x'e3')"
              + " AND j.b BETWEEN x'30' AND x'39' AND k.b >= x'81' AND l.b BETWEEN x'30' AND"
              + " x'39'");
    }
    statements.add("SET SESSION sql_log_bin = 1");
    return statements;
  }

  /** Returns how many rows they have then. */
  int fill() {
    List<String> statements = new ArrayList<>();
    statements.add("SET SESSION sql_mode = '', group_concat_max_len = 1000000");
    charsets.forEach(charset -> statements.addAll(inserts(charset)));
    mysql.execute(statements.toArray(String[]::new));
    String counts = union("SELECT COUNT(*) AS n FROM %2$s.%1$s");
    return Integer.parseInt("" + mysql.value("SELECT SUM(n) FROM (" + counts + ") AS counts"));
  }

  private List<String> inserts(String charset) {
    if (!UNICODE.contains(charset) && !FIRST_PLANE.contains(charset)) {
      return List.of(FILL.formatted(schema, charset, MULTI_BYTE.getOrDefault(charset, 1)));
    }
    int end = FIRST_PLANE.contains(charset) ? 0x10000 : 0x110000;
    return IntStream.iterate(0, first -> first < end, first -> first + CHARACTERS_A_ROW)
        .filter(CharacterTables::isTried)
        .mapToObj(
            first ->
                "INSERT INTO %s.%s VALUES (%d, '%s')"
                    .formatted(schema, charset, first, characters(first)))
        .toList();
  }

  private static boolean isTried(int first) {
    int inPlane = first & 0xFFFF;
    return first < 0x10000 || inPlane == 0 || inPlane == 0x10000 - CHARACTERS_A_ROW;
  }

  private static String characters(int first) {
    StringBuilder text = new StringBuilder();
    IntStream.range(first, first + CHARACTERS_A_ROW)
        .filter(code -> code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE)
        .forEach(code -> text.appendCodePoint(code).append(','));
    return text.toString().replace("\\", "\\\\").replace("'", "''");
  }

  /** Where messages have other texts than the server makes of its own; empty when nowhere. */
  List<String> differences(List<ChangeRecord> changes) {
    Map<String, String> converted = converted();
    List<String> differences = new ArrayList<>();
    for (ChangeRecord record : changes) {
      ServerCharacters row = ServerCharacters.of(record.change());
      String selected = converted.remove(row.place());
      differences.addAll(
          selected == null
              ? List.of("Expected no message of " + row.place())
              : row.differences(selected));
    }
    converted.keySet().forEach(place -> differences.add("Expected a message of " + place));
    return differences;
  }

  /** The texts as the server converts them, by table and id. */
  private Map<String, String> converted() {
    Map<String, String> texts = new HashMap<>();
    for (Map<String, @Nullable String> row :
        mysql.query(
            union("SELECT '%1$s ' AS name, id, CONVERT(v USING utf8mb4) AS v FROM %2$s.%1$s"))) {
      texts.put("" + row.get("name") + row.get("id"), "" + row.get("v"));
    }
    return texts;
  }

  private String union(String select) {
    return charsets.stream()
        .map(charset -> select.formatted(charset, schema))
        .collect(joining(" UNION ALL "));
  }
}
