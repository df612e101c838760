package io.binlogbroker.engine.schema.ddl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * DDL allowed by the servers' grammars, each construct with its own tables. Statements that a
 * server refuses are skipped: no server accepts all.
 */
final class DdlConstructs {
  /** A table for clauses; the results are compared. */
  private static final String PLAIN = "id INT PRIMARY KEY, a INT, b INT, c INT, d INT";

  /** Whole statements; the table is T, another is U. */
  private static final List<List<String>> STATEMENTS =
      List.of(
          List.of(
              "CREATE TABLE T (a INT COMMENT 'PRIMARY KEY', b INT COLUMN_FORMAT DYNAMIC STORAGE"
                  + " MEMORY DEFAULT 1, c INT REFERENCES p (id) MATCH FULL ON UPDATE CASCADE ON"
                  + " DELETE SET NULL, d INT NOT NULL)"),
          List.of("CREATE TABLE T (a INT ENGINE_ATTRIBUTE '{}' SECONDARY_ENGINE_ATTRIBUTE = '{}')"),
          List.of(
              "CREATE TABLE T (a INT, b INT GENERATED ALWAYS AS (IF(a IS NULL, 1, 2)) STORED NOT"
                  + " NULL, c INT AS (CASE WHEN a THEN NULL ELSE 3 END) VIRTUAL UNIQUE, d"
                  + " VARCHAR(9) AS (CONCAT('PRIMARY ', 'KEY')) VIRTUAL COMMENT 'KEY', e INT AS"
                  + " (a + (1)))"),
          List.of(
              "CREATE TABLE T (a INT NOT NULL, b VARCHAR(9) AS (CONCAT('b', a)), c INT AS (a)"
                  + " STORED) CHARSET=latin1",
              "CREATE TABLE U LIKE T",
              "ALTER TABLE U CHANGE b d VARCHAR(9) AS (CONCAT('b', a)) VIRTUAL FIRST, ADD e INT AS"
                  + " (a)",
              "ALTER TABLE U RENAME COLUMN c TO f",
              "ALTER TABLE U CONVERT TO CHARACTER SET utf8mb4"),
          List.of(
              "CREATE TABLE T (a INT NOT NULL, b INT AS (a + 1) VIRTUAL NOT NULL)",
              "ALTER TABLE T ADD UNIQUE (b)"),
          List.of(
              "CREATE TABLE T (a INT NOT NULL CHECK (a > 0) UNIQUE, b INT CONSTRAINT k CHECK (b IS"
                  + " NOT NULL), c INT CHECK (c IN (1, NULL)))"),
          List.of("CREATE TABLE T (a INT CONSTRAINT CHECK (a > 0) NOT ENFORCED, b INT NOT NULL)"),
          List.of("CREATE TABLE T (a INT DEFAULT (CASE WHEN 1 THEN NULL END) NOT NULL, b INT)"),
          List.of(
              "CREATE TABLE T (a INT, b INT, KEY k ((a + b)), UNIQUE KEY l ((CAST(a AS CHAR(3))),"
                  + " b))"),
          List.of(
              "CREATE TABLE T (a INT, b INT NOT NULL DEFAULT CASE WHEN 1 THEN 2 ELSE NULL END, c"
                  + " INT DEFAULT CASE 1 WHEN 2 THEN CASE WHEN 1 THEN NULL END END, d VARCHAR(9)"
                  + " DEFAULT CONCAT('a', 'b') NOT NULL, e INT DEFAULT a NOT NULL, f DATE DEFAULT"
                  + " CURDATE() NOT NULL, g INT DEFAULT IF(1, NULL, 2), h INT DEFAULT (1) + 0)"),
          List.of(
              "CREATE TABLE T (a INT, b INT NOT NULL DEFAULT CASE WHEN 1 THEN 2 ELSE NULL END, c"
                  + " INT DEFAULT CASE 1 WHEN 2 THEN CASE WHEN 1 THEN NULL END END, d VARCHAR(9)"
                  + " DEFAULT CONCAT('a', 'b') NOT NULL, e INT DEFAULT a NOT NULL, f DATE DEFAULT"
                  + " CURDATE() NOT NULL, g INT DEFAULT IF(1, NULL, 2) COMMENT 'x')"),
          List.of(
              "CREATE TABLE T (a INT DEFAULT -1 NOT NULL, b DOUBLE DEFAULT 1.5e-3 NOT NULL, c"
                  + " DOUBLE DEFAULT .5 NOT NULL, d VARCHAR(9) DEFAULT _latin1'x' NOT NULL, e"
                  + " VARCHAR(9) DEFAULT N'x' NOT NULL, f DATE DEFAULT DATE'2001-01-01' NOT NULL,"
                  + " g VARCHAR(9) DEFAULT 'a' 'b' NOT NULL, h INT DEFAULT b'1' NOT NULL, i"
                  + " VARCHAR(3) DEFAULT x'41' NOT NULL, j BOOL DEFAULT TRUE NOT NULL, k"
                  + " VARCHAR(9) DEFAULT _latin1 x'41' NOT NULL, l DOUBLE DEFAULT -1e5 NOT NULL, m"
                  + " INT DEFAULT 0x41 NOT NULL, n DECIMAL(3,1) DEFAULT +1. NOT NULL)"),
          List.of(
              "CREATE TABLE T (a DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP NOT"
                  + " NULL, b DATETIME(3) DEFAULT NOW(3) ON UPDATE NOW(3) NULL, c TIMESTAMP"
                  + " DEFAULT LOCALTIME ON UPDATE LOCALTIMESTAMP() NOT NULL)"),
          List.of(
              "CREATE TABLE T (a INT AUTO_INCREMENT NULL UNIQUE, b INT NULL NOT NULL, c INT NOT"
                  + " NULL NULL)"),
          List.of("CREATE TABLE T (a INT SERIAL DEFAULT VALUE, b INT SIGNED)"),
          List.of(
              "CREATE TABLE T (a DECIMAL(0), b DECIMAL(0,0), d DATETIME(0), e TIME(0), f"
                  + " TIMESTAMP(0) NULL, g DECIMAL(010,02), h FLOAT(0), i FLOAT(0,0), j INT(0))"),
          List.of("CREATE TABLE T (a BIT(0))"),
          List.of("CREATE TABLE T (a TEXT(0), b BLOB(0), c CHAR(0), d BINARY(0), e VARCHAR(0))"),
          List.of(
              "CREATE TABLE T (a VARCHAR(70000), b VARBINARY(70000), c VARCHAR(20000000), d"
                  + " VARCHAR(70000) CHARACTER SET latin1, e VARCHAR(40000) CHARACTER SET gbk, f"
                  + " VARCHAR(70000) CHARACTER SET binary, g TEXT(65535), h VARCHAR(70000) BYTE)"),
          List.of("CREATE TABLE T (a VARCHAR(65532) CHARACTER SET latin1)"),
          List.of("CREATE TABLE T (a VARCHAR(65533) NOT NULL) CHARSET latin1"),
          List.of("CREATE TABLE T (a VARBINARY(65533) NOT NULL)"),
          List.of(
              "CREATE TABLE T (a CHAR(3), b CHAR(3) CHAR SET gbk) DEFAULT CHAR SET latin1; -- done",
              "ALTER TABLE T CHAR SET = gbk, ADD c CHAR(3);"),
          List.of(
              "ALTER DATABASE CHAR SET latin1",
              "CREATE TABLE T (a CHAR(3))",
              "ALTER DATABASE d DEFAULT CHARACTER SET utf8mb4"),
          List.of("CREATE TABLE T (a VARCHAR(65535)) CHARSET latin1"),
          List.of("CREATE TABLE T (a INT foo=bar, b INT) ENGINE=CSV"),
          List.of(
              "SET sql_mode = 'IGNORE_BAD_TABLE_OPTIONS'",
              "CREATE TABLE T (a INT foo=bar bar='x' NOT NULL, b INT)"),
          List.of("CREATE TABLE T (T.a INT, d.T.b INT NOT NULL, .c INT, PRIMARY KEY (a))"),
          List.of("CREATE TABLE T (a INT) PARTITION BY KEY (a) PARTITIONS 2"),
          List.of(
              "CREATE TABLE T (a INT) COLLATE latin1_bin PARTITION BY LIST COLUMNS (a) (PARTITION p"
                  + " VALUES IN (1, 2) COMMENT 'charset=x')",
              "ALTER TABLE T ADD b CHAR(3)"),
          List.of(
              "CREATE TABLE T (a CHAR(3)) CHARSET latin1",
              "ALTER TABLE T CHARACTER SET DEFAULT, ADD b CHAR(3)"),
          List.of(
              "CREATE TABLE T (a CHAR(3)) CHARSET latin1",
              "ALTER TABLE T DEFAULT CHARSET=DEFAULT COLLATE latin1_bin, ADD b CHAR(3)"),
          List.of(
              "CREATE TABLE T (a CHAR(3)) CHARSET utf8mb3",
              "ALTER TABLE T COLLATE uca1400_ai_ci, ADD b CHAR(3), ADD c CHAR(3) COLLATE"
                  + " uca1400_as_ci"),
          List.of(
              "SET sql_mode = 'ORACLE'",
              "CREATE TABLE T (a VARCHAR2(9), b NUMBER, c NUMBER(9), d NUMBER(9,2), e CLOB, f"
                  + " RAW(9), g DATE, h BLOB, i TIMESTAMP, j TIMESTAMP(3), k BLOB(9), l VARCHAR(9),"
                  + " m NUMBER(0), n mariadb_schema.DATE, o VARCHAR2(9) CHARACTER SET latin1, p"
                  + " CLOB CHARACTER SET latin1, q TIME NOT NULL)",
              "ALTER TABLE T ADD r DATE NOT NULL, MODIFY g mariadb_schema.date"),
          List.of(
              "SET sql_mode = 'MAXDB'",
              "CREATE TABLE T (a TIMESTAMP, b TIMESTAMP(3) NOT NULL, c DATE)"),
          List.of(
              "CREATE TABLE T (a oracle_schema.DATE, b maxdb_schema.TIMESTAMP, c"
                  + " mariadb_schema.INT)"),
          List.of(
              "CREATE TABLE T (system INT, period INT)",
              "ALTER TABLE T ADD x INT AFTER system",
              "ALTER TABLE T DROP system",
              "ALTER TABLE T ADD system INT FIRST",
              "ALTER TABLE T DROP period"),
          List.of(
              "CREATE TABLE T (first INT, after INT)",
              "ALTER TABLE T ADD x INT AFTER after, ADD y INT FIRST, MODIFY first INT AFTER y"),
          List.of(
              "CREATE TABLE T (id INT PRIMARY KEY, a INT) PARTITION BY RANGE (id) (PARTITION p0"
                  + " VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
              "ALTER TABLE T CONVERT PARTITION p0 TO TABLE U"),
          List.of(
              "CREATE TABLE T (id INT PRIMARY KEY, a INT) PARTITION BY RANGE (id) (PARTITION p0"
                  + " VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
              "ALTER TABLE T CONVERT PARTITION p0 TO TABLE U",
              "ALTER TABLE T CONVERT TABLE U TO PARTITION p2 VALUES LESS THAN (30) WITH"
                  + " VALIDATION"),
          List.of(
              "CREATE TABLE T (id INT PRIMARY KEY, a INT) PARTITION BY HASH (id) PARTITIONS 2",
              "CREATE TABLE U (id INT PRIMARY KEY, a INT)",
              "ALTER TABLE T EXCHANGE PARTITION p0 WITH TABLE U WITHOUT VALIDATION"),
          List.of(
              "CREATE TABLE T (a INT, b INT)",
              "ALTER TABLE T ADD PRIMARY KEY IF NOT EXISTS (a)",
              "ALTER TABLE T ADD PRIMARY KEY IF NOT EXISTS (b)"),
          List.of(
              "CREATE TABLE T (a INT PRIMARY KEY, b INT)",
              "ALTER TABLE T DROP PRIMARY KEY, ADD PRIMARY KEY IF NOT EXISTS (b)"),
          List.of(
              "CREATE TABLE T (a INT, b INT)",
              "ALTER TABLE T ADD COLUMN IF NOT EXISTS a INT PRIMARY KEY"),
          List.of(
              "CREATE TABLE T (a INT, b INT)",
              "ALTER TABLE T DROP a, ADD COLUMN IF NOT EXISTS a INT"),
          List.of(
              "CREATE TABLE T (a INT, b INT)",
              "ALTER TABLE T CHANGE b c INT, ADD COLUMN IF NOT EXISTS c BIGINT, ADD COLUMN IF NOT"
                  + " EXISTS e INT, ADD COLUMN IF NOT EXISTS e BIGINT"));

  /** Clauses of ALTER TABLE on the plain table. */
  private static final List<String> CLAUSES =
      List.of(
          "ADD e INT NOT NULL DEFAULT 7 PARTITION BY KEY (id)",
          "ADD e INT NOT NULL DEFAULT 7 AFTER a PARTITION BY HASH (id) PARTITIONS 2",
          "ADD e INT PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (3), PARTITION p1"
              + " VALUES LESS THAN MAXVALUE)",
          "ADD e INT REMOVE PARTITIONING",
          "MODIFY a INT NOT NULL PARTITION BY LINEAR KEY ALGORITHM=2 (id) PARTITIONS 2",
          "DROP a PARTITION BY KEY (id)",
          "RENAME COLUMN a TO e PARTITION BY KEY (id)",
          "ADD e INT COMMENT 'PARTITION BY KEY (a)' NOT NULL, ENGINE=InnoDB PARTITION BY KEY (id)",
          "ADD e INT WITHOUT SYSTEM VERSIONING",
          "ADD T.e INT, ADD d.T.f INT",
          "MODIFY T.a BIGINT, MODIFY d.T.b BIGINT, CHANGE T.c T.e INT",
          "ADD .e INT, DROP T.a, DROP COLUMN .b",
          "DROP id, ADD id INT NOT NULL",
          "CHANGE id x BIGINT, ADD id INT NOT NULL FIRST",
          "CHANGE id x BIGINT, ADD id INT NOT NULL",
          "RENAME COLUMN id TO x, ADD id INT NOT NULL FIRST",
          "DROP PRIMARY KEY, ADD e INT NOT NULL KEY",
          "MODIFY a INT AFTER c, MODIFY c INT FIRST",
          "CHANGE a e INT AFTER c, CHANGE c f INT AFTER e",
          "CHANGE a b INT AFTER d, CHANGE b a INT AFTER b",
          "CHANGE a b INT AFTER d, RENAME COLUMN b TO a",
          "ADD e INT, MODIFY e BIGINT",
          "ADD e INT AFTER a, MODIFY e BIGINT",
          "ADD e INT, CHANGE e f BIGINT",
          "ADD e INT, CHANGE nothing e BIGINT FIRST",
          "ADD e INT KEY, MODIFY e BIGINT, DROP PRIMARY KEY",
          "ADD CONSTRAINT f CHECK (a > 0), ADD CONSTRAINT g UNIQUE (a), ADD CONSTRAINT FOREIGN KEY"
              + " (b) REFERENCES T (id)",
          "ORDER BY a, ADD e INT",
          "ADD (e INT NOT NULL, f CHAR(3), KEY k (e), CHECK (e > 0))",
          "ADD e INT GENERATED ALWAYS AS (a + 1) VIRTUAL AFTER a, ADD f INT DEFAULT 3 FIRST",
          "ADD COLUMN e ENUM('PRIMARY KEY', 'x,y') NOT NULL DEFAULT 'x,y' AFTER b");

  /** A table with all kinds of text columns. */
  private static final String TEXTS =
      "id INT PRIMARY KEY, c VARCHAR(9) CHARACTER SET latin1, tt TINYTEXT, te TEXT, mt MEDIUMTEXT,"
          + " lt LONGTEXT, bl BLOB, bi BINARY(3), js JSON, en ENUM('a','b'), se SET('x') CHARACTER"
          + " SET latin1, u4 TEXT CHARACTER SET utf8mb4, gb TEXT CHARACTER SET gbk, vl"
          + " VARCHAR(12000) CHARACTER SET latin1, ch CHAR(200) CHARACTER SET utf8mb3, eb ENUM('a"
          + " ') CHARACTER SET binary";

  /** Clauses combined with CONVERT TO on the table of texts, which is latin1. */
  private static final List<String> BESIDE_CONVERT =
      List.of(
          "CONVERT TO CHARACTER SET utf8mb4",
          "CONVERT TO CHARACTER SET utf8mb3 COLLATE utf8mb3_bin",
          "CONVERT TO CHARACTER SET ucs2, DROP en, DROP se",
          "CONVERT TO CHARACTER SET gbk",
          "CONVERT TO CHARACTER SET latin1",
          "CONVERT TO CHARACTER SET binary",
          "CONVERT TO CHARACTER SET DEFAULT",
          "MODIFY c VARCHAR(10) CHARACTER SET gbk, CONVERT TO CHARACTER SET utf8mb4",
          "CONVERT TO CHARACTER SET utf8mb4, ADD n1 VARCHAR(3) CHARACTER SET latin1, ADD n2 TEXT"
              + " CHARACTER SET gbk, ADD n3 TINYTEXT, ADD n4 TEXT(100), ADD n5 TEXT(100) CHARACTER"
              + " SET latin1, ADD n6 CHAR(3) BINARY, ADD n7 CHAR(3) ASCII, ADD n8 CHAR(3) UNICODE,"
              + " ADD n9 CHAR(3) BYTE, ADD n10 CHAR(3) CHARACTER SET binary, ADD n11 VARCHAR(3)"
              + " COLLATE latin1_bin, ADD n12 BLOB(300), ADD n13 TINYBLOB, ADD n14 NATIONAL"
              + " VARCHAR(3), ADD n15 ENUM('é') CHARACTER SET latin1, ADD n16 JSON, ADD n17 TEXT"
              + " CHARACTER SET binary, ADD n18 TEXT(64), ADD n19 TEXT(63) CHARACTER SET latin1",
          "ADD n1 CHAR(3) CHARACTER SET latin1, ADD n2 CHAR(3), CONVERT TO CHARACTER SET gbk"
              + " COLLATE gbk_bin",
          "CHANGE c x VARCHAR(9) CHARACTER SET latin1 AFTER tt, RENAME COLUMN te TO y, CONVERT TO"
              + " CHARACTER SET utf8mb3",
          "CHANGE c x VARCHAR(9) COLLATE latin1_bin FIRST, CONVERT TO CHARACTER SET utf8mb3",
          "DEFAULT CHARACTER SET utf8mb4, CONVERT TO CHARACTER SET gbk, ADD n CHAR(3)",
          "CONVERT TO CHARACTER SET gbk, CHARACTER SET utf8mb4, ADD n CHAR(3), ADD m CHAR(3)"
              + " CHARACTER SET latin1",
          "CONVERT TO CHARACTER SET gbk, COLLATE gbk_bin, ADD n CHAR(3), ADD m CHAR(3) CHARACTER"
              + " SET latin1",
          "CONVERT TO CHARACTER SET latin1, CONVERT TO CHARACTER SET gbk",
          "CONVERT TO CHARACTER SET binary, ADD n CHAR(3), ADD m CHAR(3) CHARACTER SET latin1, ADD"
              + " o TEXT",
          "CONVERT TO CHARACTER SET utf8mb3, MODIFY te TEXT, MODIFY tt TEXT, MODIFY u4 TEXT, MODIFY"
              + " gb TEXT CHARACTER SET utf8mb4, MODIFY c TEXT, MODIFY bl TEXT, MODIFY mt TEXT,"
              + " MODIFY lt TINYTEXT",
          "CONVERT TO CHARACTER SET utf8mb4, MODIFY te BLOB, MODIFY tt MEDIUMBLOB, MODIFY bl"
              + " TINYBLOB, MODIFY c TINYBLOB, MODIFY bi TINYBLOB",
          "CONVERT TO CHARACTER SET utf8mb4, MODIFY te TEXT(300), MODIFY tt TEXT(60) CHARACTER SET"
              + " latin1, MODIFY vl VARCHAR(20000), MODIFY js JSON, MODIFY en ENUM('é','ü')"
              + " CHARACTER SET latin1",
          "CONVERT TO CHARACTER SET utf8mb4, MODIFY id TEXT, DROP PRIMARY KEY",
          "CONVERT TO CHARACTER SET utf8mb4, MODIFY js TEXT, MODIFY ch TEXT, CHANGE te x LONGTEXT"
              + " FIRST",
          "MODIFY te TEXT CHARACTER SET utf8mb4, MODIFY tt TINYTEXT CHARACTER SET utf8mb4");

  /** Definitions of the column a, in a session of utf8mb4. */
  private static final List<String> LABELS =
      List.of(
          "ENUM('a ','b  ') CHARACTER SET binary",
          "SET('x ','y') CHARACTER SET binary",
          "ENUM('a ','b\t') CHARACTER SET latin1",
          "ENUM('a ','　b　') CHARACTER SET ucs2",
          "ENUM('a ','b') COLLATE utf8mb4_bin",
          "ENUM('订','x') CHARACTER SET latin1",
          "SET('é订') CHARACTER SET latin1",
          "ENUM('😀','x') CHARACTER SET utf8mb3",
          "ENUM('😀','x') CHARACTER SET ucs2",
          "ENUM('订','é') CHARACTER SET binary",
          "ENUM('é','ÿ','€','\u0081') CHARACTER SET latin1",
          "ENUM('я','x') CHARACTER SET gbk",
          "ENUM('é') CHARACTER SET ascii",
          "ENUM('a?') CHARACTER SET latin1",
          "ENUM('€','é','я') CHARACTER SET koi8r",
          "ENUM('订','い') CHARACTER SET sjis",
          "ENUM('a[b]','~') CHARACTER SET swe7",
          "ENUM(0x61,'b') CHARACTER SET latin1",
          "ENUM(x'E9','b') CHARACTER SET latin1",
          "ENUM(0b01100001,b'01100010')",
          "ENUM(0xE8AEA2)",
          "ENUM(0x8BA2) CHARACTER SET ucs2",
          "ENUM(0x6120) CHARACTER SET latin1",
          "ENUM(0x6120,X'0A') CHARACTER SET binary",
          "SET(0x1) CHARACTER SET latin1",
          "ENUM(N'a','b')",
          "ENUM(_utf8'a','b')",
          "ENUM('a,b','x\\\\y','it''s','q\"q','n\\n"
              + "n','t\\tt','z\\Z','r\\r"
              + "r','pct\\%p\\_u','esc\\q')",
          "ENUM('','x','x')",
          "ENUM(\"a\",'b') NOT NULL DEFAULT 'b' COMMENT 'enum(''x'')'");

  /** Clauses whose result depends on more than the log contains; the server is queried. */
  private static final List<String> UNCLEAR =
      List.of(
          "CONVERT TO CHARACTER SET DEFAULT", // of the session's schema, or what it set
          "MODIFY id TEXT", // beside CONVERT TO, of a column that was no text
          "CHARACTER SET sjis"); // a character that may have a twin there

  private DdlConstructs() {}

  static boolean isUnclear(String sql) {
    return UNCLEAR.stream().anyMatch(sql::contains);
  }

  /** All constructs; each table has its own name. */
  static List<List<String>> all() {
    List<List<String>> all = new ArrayList<>();
    for (List<String> statements : STATEMENTS) {
      all.add(named(all.size(), statements.toArray(String[]::new)));
    }
    for (String clauses : CLAUSES) {
      all.add(named(all.size(), "CREATE TABLE T (" + PLAIN + ")", "ALTER TABLE T " + clauses));
    }
    for (String clauses : BESIDE_CONVERT) {
      String create = "CREATE TABLE T (" + TEXTS + ") CHARSET latin1";
      all.add(named(all.size(), create, "ALTER TABLE T " + clauses));
    }
    for (String labels : LABELS) {
      all.add(named(all.size(), "CREATE TABLE T (a " + labels + ")"));
    }
    return all;
  }

  private static List<String> named(int number, String... statements) {
    return Arrays.stream(statements)
        .map(sql -> sql.replaceAll("\\bT\\b", "t" + number).replaceAll("\\bU\\b", "u" + number))
        .toList();
  }
}
