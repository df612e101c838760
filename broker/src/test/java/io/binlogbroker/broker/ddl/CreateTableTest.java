package io.binlogbroker.broker.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CREATE TABLE makes, as information_schema shows it. */
class CreateTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "int(10) unsigned | int unsigned",
        "int4 zerofill | int unsigned",
        "bool | tinyint(1)",
        "tinyint(4) | tinyint",
        "tinyint(1) | tinyint(1)",
        "middleint | mediumint",
        "int8 not null default -1 | bigint NOT NULL",
        "serial | bigint unsigned NOT NULL",
        "decimal | decimal(10,0)",
        "numeric(5) | decimal(5,0)",
        "dec(7, 3) unsigned | decimal(7,3) unsigned",
        "float(7,3) | float(7,3)",
        "float(24) | float",
        "float(25) | double",
        "double precision | double",
        "real | double",
        "bit | bit(1)",
        "year(4) | year",
        "datetime(6) default current_timestamp(6) on update current_timestamp(6) | datetime(6)",
        "timestamp not null default now() | timestamp NOT NULL",
        "timestamp | timestamp",
        "char | char(1) utf8mb4",
        "char byte | binary(1)",
        "char(3) character set binary | binary(3)",
        "char(5) ascii | char(5) latin1",
        "char(5) unicode not null | char(5) NOT NULL ucs2",
        "national varchar(5) | varchar(5) utf8mb3",
        "nchar varying(5) | varchar(5) utf8mb3",
        "national character(2) | char(2) utf8mb3",
        "character varying(9) charset gbk | varchar(9) gbk",
        "varchar(20) binary | varchar(20) utf8mb4",
        "varchar(20) collate latin1_bin | varchar(20) latin1",
        "text | text utf8mb4",
        "text(63) | tinytext utf8mb4",
        "text(64) | text utf8mb4",
        "text(20000) | mediumtext utf8mb4",
        "text charset binary | blob",
        "blob(300) | blob",
        "blob(70000) | mediumblob",
        "long varchar | mediumtext utf8mb4",
        "long varbinary | mediumblob",
        "enum('a','b''c','d\\\\e ') | enum('a','b''c','d\\\\e') utf8mb4",
        "set('x','y') not null | set('x','y') NOT NULL utf8mb4",
        "json | json",
        "point not null srid 4326 | point NOT NULL",
        "geometrycollection | geometrycollection",
        "int generated always as (a + 1) stored not null | int NOT NULL",
        "int as (length('x, y)')) virtual | int",
        "int invisible comment 'not null, primary key' | int",
        "int references p (id) on delete set null on update cascade | int",
        "int check (c > 0) not enforced | int",
        "varchar(9) default 'x' not null | varchar(9) NOT NULL utf8mb4",
        "int auto_increment unique key | int NOT NULL",
      })
  void aColumnIsShownAsTheServerShowsIt(String definition, String shown) {
    MemoryTables tables = MemoryTables.mysql("CREATE TABLE t (c " + definition + ", z date)");

    assertThat(tables.show("t")).isEqualTo("c " + shown + ", z date []");
  }

  @Test
  void mariaDbHasTypesOfItsOwn() {
    MemoryTables tables =
        MemoryTables.mariaDb(
            "CREATE OR REPLACE TABLE t (a uuid, b inet6 not null, c json, d varchar(9) compressed,"
                + " e varchar(5) collate uca1400_ai_ci)");

    assertThat(tables.show("t"))
        .isEqualTo(
            "a uuid, b inet6 NOT NULL, c longtext utf8mb4,"
                + " d varchar(9) /*M!100301 COMPRESSED*/ utf8mb4, e varchar(5) utf8mb4 []");
  }

  @Test
  void thePrimaryKeyIsFoundWhereverItStands() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE a (x int key, y int)",
            "CREATE TABLE b (x int primary key comment 'k')",
            "CREATE TABLE c (x int, Y int, unique (x), constraint p primary key using btree"
                + " (y desc, x), key k (x), fulltext (x))",
            "CREATE TABLE e (x int unique, y int unique key, `key` int)");

    assertThat(tables.show("a")).isEqualTo("x int NOT NULL, y int [x]");
    assertThat(tables.show("b")).isEqualTo("x int NOT NULL [x]");
    assertThat(tables.show("c")).isEqualTo("x int NOT NULL, Y int NOT NULL [Y, x]");
    assertThat(tables.show("e")).isEqualTo("x int, y int, key int []");
  }

  @Test
  void theTablesCharacterSetHoldsForItsColumns() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE a (x char(1)) ENGINE=InnoDB DEFAULT CHARSET=gbk COMMENT='charset=x'",
            "CREATE TABLE b (x char(1)) collate latin1_bin",
            "ALTER DATABASE d CHARACTER SET = utf8",
            "CREATE TABLE c (x char(1)) partition by hash (x) (partition p0 comment 'charset')");

    assertThat(tables.show("a")).isEqualTo("x char(1) gbk []");
    assertThat(tables.show("b")).isEqualTo("x char(1) latin1 []");
    assertThat(tables.show("c")).isEqualTo("x char(1) utf8mb3 []");
  }

  @Test
  void aTableThatIsThereIsNotMadeAgain() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE t (a int)",
            "CREATE TABLE IF NOT EXISTS t (b int)",
            "DROP TABLE IF EXISTS u",
            "CREATE TABLE IF NOT EXISTS u (b int)");

    assertThat(tables.show("t")).isEqualTo("a int []");
    assertThat(tables.show("u")).isEqualTo("b int []");
  }

  @Test
  void aLikenessHasTheSameColumns() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE t (a int primary key)",
            "create /* gh-ost */ table `d`.`_t_gho` like `d`.`t`",
            "CREATE TABLE u (LIKE t)",
            "CREATE TABLE v LIKE elsewhere.w");

    assertThat(tables.show("_t_gho")).isEqualTo("a int NOT NULL [a]");
    assertThat(tables.show("u")).isEqualTo("a int NOT NULL [a]");
    assertThat(tables.show("v")).startsWith("UNKNOWN");
  }

  /** As MySQL 5.7.22 logs CREATE TABLE ... SELECT of labels that hold an emoji. */
  @Test
  void labelsThatTheServerCouldNotWriteAreNotTaken() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE `shown` (\n  `id` int(11) NOT NULL,\n  `a` enum('?','no') DEFAULT NULL\n)",
            "CREATE TABLE `narrow` (\n  `a` enum('?','no') CHARACTER SET latin1 DEFAULT NULL\n)",
            "CREATE TABLE `said` (`a` enum('?','no'))");

    assertThat(tables.show("shown"))
        .startsWith("UNKNOWN A ? in the labels of the column a may stand for a character that");
    assertThat(tables.show("narrow")).isEqualTo("a enum('?','no') latin1 []");
    assertThat(tables.show("said")).isEqualTo("a enum('?','no') utf8mb4 []");
  }

  @Test
  void aTypeThatIsNotKnownLeavesTheTableUnknown() {
    MemoryTables tables = MemoryTables.mysql("CREATE TABLE t (a int, b quaternion)");

    assertThat(tables.show("t"))
        .isEqualTo(
            "UNKNOWN Expected a column's type but got \"quaternion\", in:"
                + " CREATE TABLE t (a int, b quaternion)");
  }
}
