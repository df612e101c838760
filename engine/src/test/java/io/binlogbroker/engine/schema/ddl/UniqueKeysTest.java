package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key servers use as the primary key; CatalogueIT checks the rule against real servers. */
class UniqueKeysTest {
  private static final String TWO =
      "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a))";

  private static String key(String... statements) {
    String shown = MemoryTables.mysql(statements).show("t");
    return shown.substring(shown.lastIndexOf('[')).replaceAll("[\\[\\]]", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a INT, UNIQUE (a) | ''",
        "a INT NOT NULL, b INT NOT NULL, UNIQUE (b), UNIQUE (a) | b",
        "a INT, b INT NOT NULL, UNIQUE (a), UNIQUE (b) | b",
        "a INT NOT NULL, b INT NOT NULL, UNIQUE u (b, a) | b, a",
        "a VARCHAR(9) NOT NULL, UNIQUE (a(5)) | ''",
        "a VARCHAR(9) NOT NULL, UNIQUE (a(9)) | a",
        "a TEXT NOT NULL, UNIQUE (a(9)) | ''",
        "a INT NOT NULL UNIQUE, b INT NOT NULL UNIQUE KEY | a",
        "a INT NOT NULL UNIQUE, b INT PRIMARY KEY | b",
        "a SERIAL, b INT NOT NULL UNIQUE | a",
        "a INT NOT NULL, UNIQUE KEY u ((a + 1)) | ''",
        "a INT NOT NULL, b INT AS (a) VIRTUAL NOT NULL UNIQUE | ''",
        "a INT NOT NULL, b INT AS (a) STORED NOT NULL UNIQUE | b",
        "a INT NOT NULL, b INT NOT NULL, CONSTRAINT s UNIQUE INDEX i USING BTREE (b DESC) COMMENT"
            + " 'x' | b",
      })
  void theIdentityIsTheFirstKeyOverWholeNotNullColumns(String columns, String key) {
    assertThat(key("CREATE TABLE t (" + columns + ")")).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADD UNIQUE x (c) | b",
        "DROP KEY z | a",
        "DROP KEY z, ADD UNIQUE x (b) | a",
        "DROP COLUMN b | a",
        "MODIFY b INT NULL | a",
        "CHANGE b bb INT NOT NULL | bb",
        "RENAME COLUMN b TO bb | bb",
        "RENAME KEY z TO x, DROP KEY y | b",
        "ADD PRIMARY KEY (c) | c",
        "ADD d INT PRIMARY KEY | d",
        "DROP KEY z, DROP KEY y | ''",
      })
  void anAlterKeepsTheServersOrder(String clauses, String key) {
    assertThat(key(TWO, "ALTER TABLE t " + clauses)).isEqualTo(key);
  }

  @Test
  void createAndDropIndexChangeKeys() {
    assertThat(key(TWO, "DROP INDEX z ON t")).isEqualTo("a");
    assertThat(key(TWO, "DROP INDEX z ON t", "CREATE UNIQUE INDEX z ON t (b)")).isEqualTo("a");
    assertThat(key("CREATE TABLE t (a INT NOT NULL)", "CREATE UNIQUE INDEX z USING BTREE ON t (a)"))
        .isEqualTo("a");
  }

  @Test
  void aKeyOverAnExistingVirtualColumnIsIgnored() {
    String table = "CREATE TABLE t (a INT NOT NULL, b INT AS (a) VIRTUAL NOT NULL)";

    assertThat(key(table, "ALTER TABLE t ADD UNIQUE (b)")).isEmpty();
    assertThat(key(table, "ALTER TABLE t ADD UNIQUE (b), ADD UNIQUE (a)")).isEqualTo("a");
  }

  @Test
  void aKeyWithoutANameIsNamedAfterItsFirstColumn() {
    String keys = "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, UNIQUE (b), UNIQUE (b, a))";

    assertThat(key(keys, "ALTER TABLE t DROP KEY b")).isEqualTo("b, a");
    assertThat(key(keys, "ALTER TABLE t DROP KEY b_2")).isEqualTo("b");
  }

  /** MySQL keeps its place if the statement changes nothing else. */
  @Test
  void aKeyThatIsDroppedAndRecreatedIsNotGuessed() {
    MemoryTables tables = MemoryTables.mysql(TWO, "ALTER TABLE t DROP KEY z, ADD UNIQUE z (b)");

    assertThat(tables.show("t")).startsWith("UNKNOWN ");
  }
}
