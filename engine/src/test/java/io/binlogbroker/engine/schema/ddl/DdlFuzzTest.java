package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.binlog.row.text.ClientCharset;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Damaged statements, in the character sets of several sessions: no exception is thrown, and there
 * are no more tokens than bytes.
 */
class DdlFuzzTest {
  /** latin1, koi8r, swe7, sjis, gbk, cp866, utf8mb4, binary, gb18030, ujis. */
  private static final int[] COLLATIONS = {8, 7, 10, 13, 28, 36, 45, 63, 248, 12};

  private static final List<SqlDialect> DIALECTS =
      List.of(
          MemoryTables.MYSQL,
          MemoryTables.MARIADB,
          new SqlDialect(true, false, true, false, 50_722, false),
          new SqlDialect(
              true, true, false, true, 110_405, true, "latin1", SqlDialect.TypeNames.ORACLE));

  private static final List<String> WORDS =
      List.of(
          "/*",
          "*/",
          "/*!",
          "/*!99999",
          "/*M!",
          "-- ",
          "#",
          "\n",
          "'",
          "\"",
          "`",
          "\\",
          "(",
          ")",
          ",",
          ".",
          " ",
          "\u00a0",
          "\u3000",
          "0x61",
          "SET STATEMENT a=1 FOR ",
          "SELECT",
          "AFTER ",
          "FIRST",
          "PRIMARY KEY",
          "TABLE",
          "ENUM(",
          "DEFAULT ",
          "CHARACTER SET ",
          "99999999999999999999");

  @Test
  void damagedStatementsThrowNoException() {
    Mutations.ofTexts("statements", samples(), Set.of(), WORDS).run(DdlFuzzTest::readAll);
  }

  private static List<String> samples() {
    List<String> samples = new ArrayList<>();
    DdlConstructs.all().forEach(samples::addAll);
    samples.addAll(LongStatementsTest.longStatements(40));
    samples.add("CREATE TABLE other.t (a INT) START TRANSACTION");
    samples.add("ANALYZE FORMAT=JSON DELETE FROM t");
    samples.add("DELETE FROM `d`.`t`");
    samples.add("DROP INDEX `PRIMARY` ON t");
    samples.add("ALTER DATABASE d CHARACTER SET utf8mb4");
    samples.add("RENAME TABLE t TO u, d.u TO e.t");
    return samples;
  }

  /** In each dialect; the first byte selects the character set. */
  private static void readAll(byte[] damaged) {
    int charset = damaged.length == 0 ? 0 : (damaged[0] & 0xFF) % COLLATIONS.length;
    for (SqlDialect dialect : DIALECTS) {
      read(damaged, ClientCharset.of(COLLATIONS[charset]), dialect);
    }
  }

  private static void read(byte[] bytes, ClientCharset charset, SqlDialect dialect) {
    LoggedStatement statement =
        new LoggedStatement(
            "d", new StatementText(bytes, charset), "latin1", dialect, bytes.length % 7 == 0);
    assertThat(statement.namesAndWords().size()).isLessThanOrEqualTo(2 * bytes.length);
    assertThat(statement.brief()).hasSizeLessThan(300);
    statement.altersTemporary();
    statement.isFollowedByRows();
    statement.verbForMessage();
    RowlessStatements.has(statement);
    EmptiedTable.schema(statement);
    SchemaStatement.of(statement);
    MemoryTables tables = MemoryTables.mysql("CREATE TABLE t (a INT, b CHAR(3), PRIMARY KEY (a))");
    Ddl ddl = DdlReader.read(statement, bytes.length % 2 == 0);
    if (ddl != null) {
      ddl.apply(tables);
      ddl.invalidates(new TableName("d", "t"));
    }
  }
}
