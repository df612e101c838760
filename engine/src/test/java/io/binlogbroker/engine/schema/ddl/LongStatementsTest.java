package io.binlogbroker.engine.schema.ddl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Anyone who may run DDL in any schema controls this input. The statements are so long that
 * quadratic work would take hours, which the time limit detects.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongStatementsTest {
  private static final int LENGTH = 500_000;

  static List<String> longStatements() {
    return longStatements(LENGTH);
  }

  static List<String> longStatements(int length) {
    return List.of(
        "CREATE TABLE t (a INT) COMMENT '" + "://a".repeat(length / 4) + "'",
        "CREATE TABLE t (a INT) COMMENT '://" + "a:".repeat(length / 2) + "'",
        "CREATE TABLE t (a INT) COMMENT '" + "://:".repeat(length / 4) + "'",
        "CREATE TABLE t (a INT) COMMENT 'password" + " ".repeat(length) + "x'",
        "CREATE TABLE t (a INT) COMMENT '" + "password ".repeat(length / 9) + "'",
        "CREATE TABLE t (a INT)" + " ".repeat(length) + "COMMENT 'START TRANSACTION'",
        "CREATE TABLE t (a INT) /*" + " START".repeat(length / 6) + "*/",
        "CREATE TABLE t (a INT /*!99999" + "/*".repeat(length / 2) + "*/ ) */",
        "CREATE TABLE t (a INT" + "(".repeat(length) + ")".repeat(length),
        "CREATE TABLE t (a INT" + ", KEY (a)".repeat(length / 9) + ")",
        "CREATE TABLE t (a ENUM(" + "'a ',".repeat(length / 5) + "'b'))",
        "CREATE TABLE t (a INT) " + "TABLE ".repeat(length / 6) + "'",
        "CREATE TABLE t (a ENUM('" + " ".repeat(length) + "b'))",
        "CREATE TABLE t (" + "a INT SERIAL DEFAULT VALUE, b INT, ".repeat(length / 35) + "c INT)",
        "CREATE TABLE t (a INT" + ", UNIQUE (a)".repeat(length / 12) + ")",
        "CREATE TABLE t (a INT, UNIQUE (" + "a,".repeat(length / 2) + "a))",
        "CREATE TABLE `t` (\n  `a` int" + ",\n  `a` enum('?')".repeat(length / 17) + ")",
        "ALTER TABLE t " + "ADD a INT UNIQUE, ".repeat(length / 18) + "FORCE",
        "ALTER TABLE t " + "MODIFY a INT AFTER b, ".repeat(length / 22) + "FORCE",
        "ALTER TABLE t " + "DROP a, ".repeat(length / 8) + "FORCE",
        "ALTER TABLE t " + "RENAME INDEX a TO b, ".repeat(length / 21) + "FORCE",
        "ALTER TABLE t " + "ADD KEY (a), ".repeat(length / 13) + "FORCE",
        "ALTER TABLE t FROBNICATE " + "a b ".repeat(length / 4),
        "DROP TABLE " + "a,".repeat(length / 2) + "t",
        "SET STATEMENT a=" + "(".repeat(length) + ")".repeat(length) + " FOR DROP TABLE t",
        " ".repeat(length) + "-- x\n".repeat(length / 5) + "DROP TABLE t");
  }

  @ParameterizedTest
  @MethodSource("longStatements")
  void aLongStatementIsReadInLinearTime(String sql) {
    MemoryTables tables = MemoryTables.mariaDb("CREATE TABLE t (a INT, b INT)");
    LoggedStatement statement = new LoggedStatement("d", sql, "", MemoryTables.MARIADB);

    tables.run(sql);

    assertThat(statement.brief()).hasSizeLessThan(300);
    assertThat(Objects.requireNonNull(SchemaStatement.of(statement)).schema()).isEqualTo("d");
  }

  @Test
  void anUnreadableStatementIsComparedWithManyTables() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      all.add("CREATE TABLE table" + i + " (a INT)");
    }
    MemoryTables tables = MemoryTables.mysql(all.toArray(String[]::new));
    String words = IntStream.range(0, 200_000).mapToObj(i -> "w" + i).collect(joining(" "));

    tables.run("ALTER TABLE table7 FROBNICATE " + words);

    assertThat(tables.show("table7")).startsWith("UNKNOWN");
    assertThat(tables.show("table8")).isEqualTo("a int []");
  }
}
