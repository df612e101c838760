package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effect of CREATE TABLE, as shown by information_schema. */
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
        "int as (length('x, y)')) virtual | int VIRTUAL",
        "int as (1) | int VIRTUAL",
        "int as (1) persistent | int",
        "int invisible comment 'not null, primary key' | int",
        "int references p (id) on delete set null on update cascade | int",
        "int check (c > 0) not enforced | int",
        "varchar(9) default 'x' not null | varchar(9) NOT NULL utf8mb4",
        "int auto_increment unique key | int NOT NULL",
        "int default (case when 1 then null end) not null | int NOT NULL",
        "int comment 'primary key' | int",
        "int column_format dynamic storage memory engine_attribute='{}' not null | int NOT NULL",
        "int references p (id) match full on update cascade on delete set null | int",
        "int constraint k check (c is not null) not enforced | int",
        "int as (case when 1 then null else if(1, 2, 3) end) virtual unique comment 'key' | int"
            + " VIRTUAL",
        "int signed serial default value | int NOT NULL",
        "double default -1.5e-3 not null | double NOT NULL",
        "varchar(9) default _latin1 x'41' not null | varchar(9) NOT NULL utf8mb4",
        "decimal(0) | decimal(10,0)",
        "datetime(0) | datetime",
        "varchar(16384) | mediumtext utf8mb4",
        "varbinary(65536) | mediumblob",
        "varchar(65536) byte | mediumblob",
        "enum('a ','b') character set binary | enum('a ','b')",
        "enum('a ','b\t') character set ucs2 | enum('a','b\t') ucs2",
        "enum('订','x') character set latin1 | enum('?','x') latin1",
        "enum('😀','订') character set utf8mb3 | enum('?','订') utf8mb3",
        "enum('é','€','订') character set latin1 | enum('é','€','?') latin1",
        "enum(0x61,'b') | enum('a','b') utf8mb4",
        "enum(x'E9',b'01100010') character set latin1 | enum('é','b') latin1",
        "enum(0x8BA20020) character set ucs2 | enum('订') ucs2",
        "enum('a\\%','b\\_') | enum('a\\\\%','b\\\\_') utf8mb4",
      })
  void aColumnIsReadAsTheServerShowsIt(String definition, String shown) {
    MemoryTables tables = MemoryTables.mysql("CREATE TABLE t (c " + definition + ", z date)");

    assertThat(tables.show("t")).startsWith("c " + shown + ", z date [");
  }

  @Test
  void mariaDbHasItsOwnTypes() {
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
  void mariaDbAcceptsADefaultWithoutParentheses() {
    MemoryTables tables =
        MemoryTables.mariaDb(
            "CREATE TABLE t (a int not null default case when 1 then 2 else null end, b int default"
                + " case 1 when 2 then case when 1 then null end end, c date default curdate() not"
                + " null, d int default a not null, e int default next value for d.s not null, f"
                + " int foo=bar not null)");

    assertThat(tables.show("t"))
        .isEqualTo(
            "a int NOT NULL, b int, c date NOT NULL, d int NOT NULL, e int NOT NULL, f int NOT NULL"
                + " []");
  }

  @Test
  void sqlModesRenameTypes() {
    String types = "(a varchar2(9), b number, c number(9), d number(9,2), e clob, f raw(9), g date";
    MemoryTables oracle =
        new MemoryTables(MemoryTables.dialect(true, 110405, SqlDialect.TypeNames.ORACLE))
            .run("CREATE TABLE t " + types + ", h blob, i mariadb_schema.date)");
    MemoryTables maxdb =
        new MemoryTables(MemoryTables.dialect(true, 110405, SqlDialect.TypeNames.MAXDB))
            .run("CREATE TABLE t (a timestamp, b date)");
    MemoryTables own =
        MemoryTables.mariaDb("CREATE TABLE t (a oracle_schema.date, b maxdb_schema.timestamp(3))");

    assertThat(oracle.show("t"))
        .isEqualTo(
            "a varchar(9) utf8mb4, b double, c decimal(9,0), d decimal(9,2), e longtext utf8mb4, f"
                + " varbinary(9), g datetime, h longblob, i date []");
    assertThat(maxdb.show("t")).isEqualTo("a datetime, b date []");
    assertThat(own.show("t")).isEqualTo("a datetime, b datetime(3) []");
  }

  @Test
  void labelsBeyondTheSessionsOwnCharacterSetAreNotGuessed() {
    SqlDialect latin1 =
        new SqlDialect(false, true, false, false, 80033, true, "latin1", SqlDialect.TypeNames.OWN);
    MemoryTables tables =
        new MemoryTables(latin1)
            .run(
                "CREATE TABLE t (e enum('订') CHARACTER SET utf8mb4)",
                "CREATE TABLE u (e enum('é') CHARACTER SET utf8mb4)",
                "CREATE TABLE v (e enum('é') CHARACTER SET binary)");

    assertThat(tables.show("t"))
        .startsWith("UNKNOWN It is unknown for the label '订' how latin1 (collation_connection)");
    assertThat(tables.show("u")).isEqualTo("e enum('é') utf8mb4 []");
    assertThat(tables.show("v")).startsWith("UNKNOWN It is unknown for the label 'é' which bytes");
  }

  @Test
  void thePrimaryKeyIsFoundAnywhereInTheStatement() {
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
  void theTablesCharacterSetAppliesToItsColumns() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE a (x char(1)) ENGINE=InnoDB DEFAULT CHARSET=gbk COMMENT='charset=x'",
            "CREATE TABLE b (x char(1)) collate latin1_bin",
            "ALTER DATABASE d CHARACTER SET = utf8",
            "CREATE TABLE e (x char(1)) default char set big5",
            "CREATE TABLE c (x char(1)) partition by hash (x) (partition p0 comment 'charset')");

    assertThat(tables.show("a")).isEqualTo("x char(1) gbk []");
    assertThat(tables.show("b")).isEqualTo("x char(1) latin1 []");
    assertThat(tables.show("c")).isEqualTo("x char(1) utf8mb3 []");
    assertThat(tables.show("e")).isEqualTo("x char(1) big5 []");
  }

  @Test
  void anExistingTableIsNotCreatedAgain() {
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
  void createTableLikeCopiesTheColumns() {
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

  /** As MySQL 5.7.22 logs CREATE TABLE ... SELECT of labels with an emoji. */
  @Test
  void labelsThatTheServerCouldNotWriteAreNotUsed() {
    MemoryTables tables =
        MemoryTables.mysql(
            "CREATE TABLE `shown` (\n"
                + "  `id` int(11) NOT NULL,\n"
                + "  `a` enum('?','no') DEFAULT NULL\n"
                + ")",
            "CREATE TABLE `narrow` (\n  `a` enum('?','no') CHARACTER SET latin1 DEFAULT NULL\n)",
            "CREATE TABLE `said` (`a` enum('?','no'))");

    assertThat(tables.show("shown"))
        .startsWith("UNKNOWN A ? in the labels of the column a may replace a character that");
    assertThat(tables.show("narrow")).isEqualTo("a enum('?','no') latin1 []");
    assertThat(tables.show("said")).isEqualTo("a enum('?','no') utf8mb4 []");
  }

  @Test
  void anUnknownTypeMakesTheTableUnknown() {
    MemoryTables tables = MemoryTables.mysql("CREATE TABLE t (a int, b quaternion)");

    assertThat(tables.show("t"))
        .isEqualTo(
            "UNKNOWN Expected a column's type but got \"quaternion\", in:"
                + " CREATE TABLE t (a int, b quaternion)");
  }
}
