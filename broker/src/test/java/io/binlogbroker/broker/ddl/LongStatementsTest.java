package io.binlogbroker.broker.ddl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Anyone who may run DDL in any schema writes what is read here. The statements are so long that
 * work of their length squared would take hours: that is what the limit is for.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongStatementsTest {
  private static final int LENGTH = 500_000;

  static List<String> longStatements() {
    return List.of(
        "CREATE TABLE t (a INT) COMMENT '" + "://a".repeat(LENGTH / 4) + "'",
        "CREATE TABLE t (a INT) COMMENT '://" + "a:".repeat(LENGTH / 2) + "'",
        "CREATE TABLE t (a INT) COMMENT '" + "://:".repeat(LENGTH / 4) + "'",
        "CREATE TABLE t (a INT) COMMENT 'password" + " ".repeat(LENGTH) + "x'",
        "CREATE TABLE t (a INT) COMMENT '" + "password ".repeat(LENGTH / 9) + "'",
        "CREATE TABLE t (a INT)" + " ".repeat(LENGTH) + "COMMENT 'START TRANSACTION'",
        "CREATE TABLE t (a INT) /*" + " START".repeat(LENGTH / 6) + "*/",
        "CREATE TABLE t (a INT /*!99999" + "/*".repeat(LENGTH / 2) + "*/ ) */",
        "CREATE TABLE t (a INT" + "(".repeat(LENGTH) + ")".repeat(LENGTH),
        "CREATE TABLE t (a INT" + ", KEY (a)".repeat(LENGTH / 9) + ")",
        "CREATE TABLE t (a ENUM(" + "'a ',".repeat(LENGTH / 5) + "'b'))",
        "CREATE TABLE t (a INT) " + "TABLE ".repeat(LENGTH / 6) + "'",
        "CREATE TABLE t (a ENUM('" + " ".repeat(LENGTH) + "b'))",
        "ALTER TABLE t " + "ADD KEY (a), ".repeat(LENGTH / 13) + "FORCE",
        "ALTER TABLE t FROBNICATE " + "a b ".repeat(LENGTH / 4),
        "DROP TABLE " + "a,".repeat(LENGTH / 2) + "t",
        "SET STATEMENT a=" + "(".repeat(LENGTH) + ")".repeat(LENGTH) + " FOR DROP TABLE t",
        " ".repeat(LENGTH) + "-- x\n".repeat(LENGTH / 5) + "DROP TABLE t");
  }

  @ParameterizedTest
  @MethodSource("longStatements")
  void aLongStatementIsReadInTimeOfItsLength(String sql) {
    MemoryTables tables = MemoryTables.mariaDb("CREATE TABLE t (a INT, b INT)");
    LoggedStatement statement = new LoggedStatement("d", sql, "", MemoryTables.MARIADB);

    tables.run(sql);

    assertThat(statement.brief()).hasSizeLessThan(300);
    assertThat(Objects.requireNonNull(SchemaStatement.of(statement)).schema()).isEqualTo("d");
  }

  @Test
  void aStatementThatCannotBeReadIsComparedWithManyTables() {
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
