package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.schema.ddl.table.TableKey;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of ALTER TABLE and similar statements, in the server's own order. */
class AlterTableTest {
  private static final String TABLE =
      "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(9), c text) CHARSET latin1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ADD x int | id int NOT NULL, a int, b varchar(9) latin1, c text latin1, x int [id]",
        "ADD COLUMN x int FIRST, ADD y int AFTER x | x int, y int, id int NOT NULL, a int, b"
            + " varchar(9) latin1, c text latin1 [id]",
        "ADD (x int, y char(1), key k (x)) | id int NOT NULL, a int, b varchar(9) latin1, c text"
            + " latin1, x int, y char(1) latin1 [id]",
        "DROP a, DROP COLUMN b RESTRICT | id int NOT NULL, c text latin1 [id]",
        "RENAME COLUMN a TO b, RENAME COLUMN b TO a | id int NOT NULL, b int, a varchar(9) latin1,"
            + " c text latin1 [id]",
        "CHANGE a b int, CHANGE b a varchar(3) | id int NOT NULL, b int, a varchar(3) latin1, c"
            + " text latin1 [id]",
        "RENAME COLUMN a TO x, ADD a int AFTER x | id int NOT NULL, x int, a int, b varchar(9)"
            + " latin1, c text latin1 [id]",
        "DROP a, ADD a bigint FIRST | a bigint, id int NOT NULL, b varchar(9) latin1, c text latin1"
            + " [id]",
        "CHANGE id ID bigint | ID bigint NOT NULL, a int, b varchar(9) latin1, c text latin1 [ID]",
        "MODIFY c int FIRST, MODIFY id bigint AFTER c | c int, id bigint NOT NULL, a int, b"
            + " varchar(9) latin1 [id]",
        "CHANGE COLUMN a x int AFTER b, DROP c | id int NOT NULL, b varchar(9) latin1, x int [id]",
        "CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | id int NOT NULL, a int, b"
            + " varchar(9) utf8mb4, c mediumtext utf8mb4 [id]",
        "DEFAULT CHARACTER SET gbk, ADD x char(1) | id int NOT NULL, a int, b varchar(9) latin1, c"
            + " text latin1, x char(1) gbk [id]",
        "ADD x char(1), CHARSET=gbk | id int NOT NULL, a int, b varchar(9) latin1, c text latin1, x"
            + " char(1) gbk [id]",
        "DROP PRIMARY KEY, ADD PRIMARY KEY (b(3), a) | id int NOT NULL, a int NOT NULL, b"
            + " varchar(9) NOT NULL latin1, c text latin1 [b, a]",
        "DROP id | a int, b varchar(9) latin1, c text latin1 []",
        "ADD x int NOT NULL DEFAULT (1), ALGORITHM=INSTANT, LOCK=NONE | id int NOT NULL, a int, b"
            + " varchar(9) latin1, c text latin1, x int NOT NULL [id]",
        "CHANGE a `x``y` int | id int NOT NULL, x`y int, b varchar(9) latin1, c text latin1 [id]",
        "ADD x decimal(9,2), ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id), ENGINE=InnoDB"
            + " ROW_FORMAT=DYNAMIC | id int NOT NULL, a int, b varchar(9) latin1, c text latin1, x"
            + " decimal(9,2) [id]",
        "ADD x int NOT NULL DEFAULT 7 PARTITION BY KEY (id) | id int NOT NULL, a int, b varchar(9)"
            + " latin1, c text latin1, x int NOT NULL [id]",
        "MODIFY a int NOT NULL AFTER b PARTITION BY LINEAR KEY (id) PARTITIONS 2 | id int NOT NULL,"
            + " b varchar(9) latin1, a int NOT NULL, c text latin1 [id]",
        "ADD x int REMOVE PARTITIONING | id int NOT NULL, a int, b varchar(9) latin1, c text"
            + " latin1, x int [id]",
        "MODIFY a int AFTER c, MODIFY c int FIRST | c int, id int NOT NULL, b varchar(9) latin1, a"
            + " int [id]",
        "CHANGE a b int AFTER c, CHANGE b a char(3) AFTER b | id int NOT NULL, c text latin1, b"
            + " int, a char(3) latin1 [id]",
        "CHANGE id x int, ADD id int NOT NULL FIRST | id int NOT NULL, x int, a int, b varchar(9)"
            + " latin1, c text latin1 [id]",
        "CHANGE id x int, ADD id int NOT NULL | x int NOT NULL, a int, b varchar(9) latin1, c text"
            + " latin1, id int NOT NULL [x]",
        "ADD d.t.x int FIRST, MODIFY t.a bigint, CHANGE .b t.y int, DROP t.c | x int, id int NOT"
            + " NULL, a bigint, y int [id]",
        "ADD system int | id int NOT NULL, a int, b varchar(9) latin1, c text latin1, system int"
            + " [id]",
        "CONVERT TO CHARACTER SET utf8mb4, MODIFY b varchar(5) CHARACTER SET gbk, ADD x char(2)"
            + " CHARACTER SET latin1, ADD y char(2) BYTE, ADD z text(70) CHARACTER SET latin1 | id"
            + " int NOT NULL, a int, b varchar(5) utf8mb4, c mediumtext utf8mb4, x char(2) utf8mb4,"
            + " y binary(2), z text utf8mb4 [id]",
        "ADD x tinytext, ADD y text CHARACTER SET gbk, CONVERT TO CHARACTER SET utf8mb4 | id int"
            + " NOT NULL, a int, b varchar(9) utf8mb4, c mediumtext utf8mb4, x tinytext utf8mb4, y"
            + " text utf8mb4 [id]",
        "CONVERT TO CHARACTER SET utf8mb4, MODIFY c text | id int NOT NULL, a int, b varchar(9)"
            + " utf8mb4, c mediumtext utf8mb4 [id]",
        "CONVERT TO CHARACTER SET utf8mb4, MODIFY b text, CHANGE c x tinyblob | id int NOT NULL, a"
            + " int, b tinytext utf8mb4, x blob [id]",
        "CONVERT TO CHARACTER SET binary, ADD x char(3) CHARACTER SET latin1 | id int NOT NULL, a"
            + " int, b varbinary(9), c blob, x binary(3) [id]",
        "CHARACTER SET DEFAULT, ADD x char(1) | id int NOT NULL, a int, b varchar(9) latin1, c text"
            + " latin1, x char(1) utf8mb4 [id]",
        "ADD x varchar(70000), MODIFY b varchar(20000) CHARACTER SET utf8mb4 | id int NOT NULL, a"
            + " int, b mediumtext utf8mb4, c text latin1, x mediumtext latin1 [id]",
        "CHAR SET gbk, ADD x char(1); -- done | id int NOT NULL, a int, b varchar(9) latin1, c text"
            + " latin1, x char(1) gbk [id]",
        "CONVERT TO CHAR SET gbk ; | id int NOT NULL, a int, b varchar(9) gbk, c mediumtext gbk"
            + " [id]",
        "ADD x int /*!50633 COLUMN_FORMAT COMPRESSED WITH COMPRESSION_DICTIONARY d */ NOT NULL | id"
            + " int NOT NULL, a int, b varchar(9) latin1, c text latin1, x int NOT NULL [id]",
        "ORDER BY charset | id int NOT NULL, a int, b varchar(9) latin1, c text latin1 [id]",
        "/*!50701 ADD x int */ COMMENT 'drop b' | id int NOT NULL, a int, b varchar(9) latin1, c"
            + " text latin1, x int [id]",
      })
  void clausesReferToTheOldColumns(String clauses, String shown) {
    MemoryTables tables = MemoryTables.mysql(TABLE, "ALTER TABLE t " + clauses);

    assertThat(tables.show("t")).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ENGINE=InnoDB",
        "ADD KEY k (a), DROP INDEX j, ADD UNIQUE (b), RENAME INDEX x TO y",
        "ALTER a SET DEFAULT 3, ALTER INDEX k INVISIBLE",
        "ADD PARTITION (PARTITION p VALUES LESS THAN (3))",
        "DROP PARTITION p0, p1",
        "PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (3), PARTITION p1)",
        "DISABLE KEYS",
        "ORDER BY a, b",
        "FORCE",
        "AUTO_INCREMENT = 7 COMMENT 'add x int, drop b'",
      })
  void clausesThatKeepColumnsInvalidateNothing(String clauses) {
    String sql = "ALTER TABLE t " + clauses;
    MemoryTables tables = MemoryTables.mysql(TABLE);
    String before = tables.show("t");

    assertThat(tables.run(sql).show("t")).isEqualTo(before);
    assertThat(invalidates(sql, "t")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ALTER TABLE t ADD x int | true",
        "ALTER TABLE d.t RENAME COLUMN a TO b | true",
        "ALTER TABLE t FROBNICATE a | true",
        "ALTER TABLE u RENAME t | true",
        "ALTER TABLE other.t ADD x int | false",
        "DROP TABLE IF EXISTS s, t | true",
        "RENAME TABLE t TO t_old, t_new TO t | true",
        "CREATE TABLE t (a int) | false",
        "CREATE OR REPLACE TABLE t (a int) | true",
        "DROP DATABASE d | true",
        "DROP INDEX `PRIMARY` ON t | true",
        "DROP INDEX k ON t | false",
        "TRUNCATE TABLE t | false",
        "CREATE TEMPORARY TABLE t (a int) | false",
        "SET STATEMENT max_statement_time=9 FOR ALTER TABLE t DROP a | true",
        "/* c */ ALTER ONLINE IGNORE TABLE `t` DROP a | true",
        "ALTER TABLE t ADD x char(1) DEFAULT 'unclosed | true",
        "GRANT ALL ON d.t TO u | false",
        "CREATE VIEW v AS SELECT * FROM t | false",
      })
  void statementsThatMayChangeATableInvalidateIt(String sql, boolean ends) {
    assertThat(invalidates(sql, "t")).isEqualTo(ends);
  }

  /** Its session may use any schema. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE d.t FROBNICATE a",
        "ALTER TABLE `d` . `t` FROBNICATE a",
        "ALTER TABLE d.t COMMENT 'it has no end"
      })
  void anUnreadableStatementMayAffectATableOfAnotherSchema(String sql) {
    MemoryTables tables = MemoryTables.mysql(TABLE, "CREATE TABLE u (id int)");
    Ddl ddl = DdlReader.read(new LoggedStatement("other", sql, "", MemoryTables.MYSQL), false);

    Objects.requireNonNull(ddl).apply(tables);

    assertThat(tables.show("t")).startsWith("UNKNOWN ");
    assertThat(tables.show("u")).isEqualTo("id int []");
  }

  @Test
  void aTableCreatedByAQueryHasUnknownColumns() {
    for (String sql :
        List.of(
            "CREATE TABLE t (a int) SELECT b FROM u",
            "CREATE TABLE t (a int) ENGINE=InnoDB AS (SELECT b FROM u)",
            "CREATE TABLE t (SELECT date date FROM u)",
            "CREATE TABLE t (a int) TABLE u")) {
      assertThat(MemoryTables.mysql(sql).show("t")).as(sql).doesNotContain("[");
    }
  }

  @Test
  void lineCommentsMayPrecedeAStatement() {
    assertThat(invalidates("-- x\n # y\n\tALTER TABLE t DROP a", "t")).isTrue();
  }

  private static boolean invalidates(String sql, String table) {
    Ddl ddl = DdlReader.read(new LoggedStatement("d", sql, "", MemoryTables.MYSQL), false);
    TableDefinition now = new TableDefinition(List.of(), List.of(TableKey.primary(List.of())), "");
    return ddl != null && ddl.invalidates(new TableName("d", table), now);
  }

  @Test
  void otherUniqueKeysMatterToATableWithoutAPrimaryKey() {
    TableDefinition now = new TableDefinition(List.of(), List.of(), "");
    TableName table = new TableName("d", "t");
    for (String sql :
        List.of(
            "ALTER TABLE t ADD UNIQUE (a)",
            "DROP INDEX k ON t",
            "CREATE UNIQUE INDEX k ON t (a)")) {
      Ddl ddl = DdlReader.read(new LoggedStatement("d", sql, "", MemoryTables.MYSQL), false);

      assertThat(Objects.requireNonNull(ddl).invalidates(table, now)).as(sql).isTrue();
    }
  }

  @Test
  void tablesSwapNames() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE t (a int)",
            "CREATE TABLE u (b int)",
            "RENAME TABLE t TO tmp, u TO t, tmp TO u",
            "ALTER TABLE u RENAME AS w, ADD c int");

    assertThat(tables.show("t")).isEqualTo("b int []");
    assertThat(tables.show("u")).startsWith("ABSENT");
    assertThat(tables.show("w")).isEqualTo("a int, c int []");
  }

  @Test
  void anUnreadableStatementMakesTheTableUnknown() {
    MemoryTables tables =
        MemoryTables.mysql(
            TABLE, "CREATE TABLE u (a int)", "ALTER TABLE t DROP nothing", "ALTER TABLE u FLY");

    assertThat(tables.show("t"))
        .startsWith("UNKNOWN Expected a column nothing but the known table");
    assertThat(tables.show("u")).startsWith("UNKNOWN Expected a clause of ALTER TABLE but got");
  }

  @Test
  void mariaDbsIfExistsIsApplied() {
    MemoryTables tables =
        MemoryTables.mariaDb(
            "CREATE TABLE t (a int, b int)",
            "ALTER TABLE IF EXISTS t WAIT 5 ADD COLUMN IF NOT EXISTS a bigint, ADD COLUMN IF NOT"
                + " EXISTS c int, DROP COLUMN IF EXISTS x, MODIFY COLUMN IF EXISTS y int, RENAME"
                + " COLUMN IF EXISTS b TO d");

    assertThat(tables.show("t")).isEqualTo("a int, d int, c int []");
  }

  @Test
  void mariaDbAllowsChangingAColumnThatIsAdded() {
    MemoryTables tables =
        MemoryTables.mariaDb(
            "CREATE TABLE t (a int, b int)",
            "ALTER TABLE t ADD x int FIRST, MODIFY x bigint, ADD y int, MODIFY y bigint AFTER a");
    MemoryTables others =
        MemoryTables.mysql("CREATE TABLE t (a int)", "ALTER TABLE t ADD x int, MODIFY x bigint");

    assertThat(tables.show("t")).isEqualTo("a int, y bigint, b int, x bigint []");
    assertThat(others.show("t")).startsWith("UNKNOWN Expected a column x");
  }

  @Test
  void mariaDbCreatesAPrimaryKeyOnlyIfThereIsNone() {
    MemoryTables tables =
        MemoryTables.mariaDb(
            "CREATE TABLE t (a int primary key, b int)",
            "ALTER TABLE t ADD PRIMARY KEY IF NOT EXISTS (b)",
            "CREATE TABLE u (a int, b int)",
            "ALTER TABLE u ADD COLUMN IF NOT EXISTS a bigint PRIMARY KEY, ADD COLUMN IF NOT EXISTS"
                + " c int, ADD COLUMN IF NOT EXISTS c bigint");

    assertThat(tables.show("t")).isEqualTo("a int NOT NULL, b int [a]");
    assertThat(tables.show("u")).isEqualTo("a int NOT NULL, b int, c int [a]");
  }

  @Test
  void mariaDbConvertsColumnsToOneCharacterSetAndTheTableToAnother() {
    MemoryTables tables =
        MemoryTables.mariaDb(
            "CREATE TABLE t (a char(1), b text COMPRESSED) CHARSET latin1",
            "ALTER TABLE t CHARACTER SET gbk, CONVERT TO CHARACTER SET utf8mb4",
            "ALTER TABLE t ADD c char(1)");

    assertThat(tables.show("t"))
        .isEqualTo(
            "a char(1) utf8mb4, b mediumtext /*M!100301 COMPRESSED*/ utf8mb4, c char(1) gbk []");
  }

  @Test
  void partitionsBecomeTablesAndTablesPartitions() {
    MemoryTables tables =
        MemoryTables.mariaDb(
            "CREATE TABLE t (a int primary key)",
            "ALTER TABLE t CONVERT PARTITION p0 TO TABLE u WITH VALIDATION",
            "ALTER TABLE t CONVERT PARTITION p1 TO TABLE v",
            "ALTER TABLE t CONVERT TABLE v TO PARTITION p2 VALUES IN (3, 4)");

    assertThat(tables.show("t")).isEqualTo("a int NOT NULL [a]");
    assertThat(tables.show("u")).isEqualTo("a int NOT NULL [a]");
    assertThat(tables.show("v")).startsWith("ABSENT");
    assertThat(invalidates("ALTER TABLE x CONVERT TABLE t TO PARTITION p", "t")).isTrue();
    assertThat(invalidates("ALTER TABLE t CONVERT PARTITION p TO TABLE x", "t")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ADD x int FROBNICATED | Expected an attribute of a column but got",
        "ADD x int DEFAULT CASE WHEN 1 | Expected END after CASE but got the end",
        "CONVERT TO CHARACTER SET DEFAULT | CONVERT TO names no character set",
        "ADD e enum('é') CHARACTER SET utf8mb4, CONVERT TO CHARACTER SET sjis | It is unknown for"
            + " the label 'é' how sjis stores it",
        "CONVERT TO CHARACTER SET utf8mb4, MODIFY a text | The column a is modified together with"
            + " CONVERT TO, and its size depends on the old column",
      })
  void uncertainResultsAreNotGuessed(String clauses, String fault) {
    MemoryTables tables = MemoryTables.mysql(TABLE, "ALTER TABLE t " + clauses);

    assertThat(tables.show("t")).startsWith("UNKNOWN " + fault);
  }

  @Test
  void labelsThatKeepTheirBytesInAnotherCharacterSetAreNotGuessed() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE t (e enum('é'), s set('x','y z')) CHARSET latin1",
            "CREATE TABLE u (s set('x','y z')) CHARSET latin1",
            "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4",
            "ALTER TABLE u CONVERT TO CHARACTER SET utf8mb4",
            "CREATE TABLE v LIKE u",
            "ALTER TABLE v CONVERT TO CHARACTER SET ucs2");

    assertThat(tables.show("t")).startsWith("UNKNOWN CONVERT TO keeps the bytes of the labels");
    assertThat(tables.show("u")).isEqualTo("s set('x','y z') utf8mb4 []");
    assertThat(tables.show("v")).startsWith("UNKNOWN CONVERT TO keeps the bytes of the labels");
  }

  @Test
  void quotesFollowTheSessionsSqlMode() {
    SqlDialect ansi = new SqlDialect(true, false, false, false, 80033, true);
    MemoryTables tables =
        new MemoryTables(ansi)
            .run("CREATE TABLE \"t\" (\"a b\" char(3) default 'x\\', \"c\"\"d\" int)");

    assertThat(tables.show("t")).isEqualTo("a b char(3) utf8mb4, c\"d int []");
  }
}
