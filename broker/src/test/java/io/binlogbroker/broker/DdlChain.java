package io.binlogbroker.broker;

import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.ServerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * DDL of every kind, one statement after the other, as people and their tools write it. Each table
 * can take a row of defaults at any time.
 */
public final class DdlChain {
  private static final List<String> COMMON =
      List.of(
          "CREATE TABLE goods (id INT UNSIGNED NOT NULL, name VARCHAR(20) DEFAULT 'n', price"
              + " DECIMAL(10,2) DEFAULT 1.5, kind ENUM('a','b''c','d') NOT NULL, note TEXT, PRIMARY"
              + " KEY (id), KEY k (name)) DEFAULT CHARSET=latin1",
          "CREATE TABLE quiet (a INT, b INT, c INT)",
          // names alone
          "ALTER TABLE goods RENAME COLUMN name TO title",
          "ALTER TABLE quiet RENAME COLUMN a TO b, RENAME COLUMN b TO a",
          "ALTER TABLE quiet CHANGE a c INT, CHANGE c a INT",
          "ALTER TABLE quiet MODIFY c INT AFTER b",
          "ALTER TABLE quiet MODIFY b INT FIRST, ADD d INT AFTER b, DROP a",
          "ALTER TABLE quiet RENAME COLUMN d TO `odd ``name`, ADD a INT FIRST",
          // many clauses
          "ALTER TABLE goods ADD COLUMN (x INT, y CHAR(3), KEY kx (x)), DROP COLUMN note, CHANGE"
              + " title name VARCHAR(30) NOT NULL DEFAULT 'm' AFTER price, ADD z BIGINT UNSIGNED"
              + " NOT NULL FIRST",
          "ALTER TABLE goods DEFAULT CHARACTER SET utf8mb4, ADD u VARCHAR(4)",
          "ALTER TABLE goods CONVERT TO CHARACTER SET utf8mb4, ADD t TEXT",
          "ALTER TABLE goods MODIFY kind ENUM('d','a','b''c','e,f') NOT NULL",
          "ALTER TABLE goods DROP PRIMARY KEY, ADD PRIMARY KEY (z, id)",
          "ALTER TABLE goods DROP COLUMN z, DROP PRIMARY KEY, ADD PRIMARY KEY (id)",
          "ALTER TABLE goods ADD INDEX (x, y), COMMENT 'ADD gone INT, DROP x' ENGINE=InnoDB",
          "/* a tool's */ ALTER /* strange */ TABLE goods -- comment\n ADD v1 INT # more",
          "ALTER TABLE goods /*!50000 ADD v2 INT, */ /*!999999 DROP x, */ ADD v3 INT",
          "ALTER TABLE goods ADD i1 INT DEFAULT 7, ALGORITHM=INSTANT",
          "CREATE UNIQUE INDEX ux ON quiet (a)",
          "DROP INDEX ux ON quiet",
          "TRUNCATE TABLE quiet",
          // gh-ost
          "CREATE /* gh-ost */ TABLE `_goods_gho` LIKE `goods`",
          "ALTER /* gh-ost */ TABLE `_goods_gho` RENAME COLUMN x TO w, ADD g INT AFTER id",
          "CREATE /* gh-ost */ TABLE `_goods_ghc` (id BIGINT UNSIGNED AUTO_INCREMENT, last_update"
              + " TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, hint"
              + " VARCHAR(64) CHARSET ascii NOT NULL, value VARCHAR(4096) CHARSET ascii NOT NULL,"
              + " PRIMARY KEY (id), UNIQUE KEY hint_uidx (hint)) AUTO_INCREMENT=256"
              + " COMMENT='gh-ost-1'",
          "RENAME /* gh-ost */ TABLE goods TO _goods_del, _goods_gho TO goods",
          "DROP /* gh-ost */ TABLE IF EXISTS `_goods_ghc`, `_goods_del`",
          // pt-online-schema-change
          "CREATE TABLE `_quiet_new` (`a` int DEFAULT NULL, `b` int DEFAULT NULL, `odd ``name` int"
              + " DEFAULT NULL, `c` int DEFAULT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
          "ALTER TABLE `_quiet_new` RENAME COLUMN `odd ``name` TO even, DROP a",
          "RENAME TABLE `quiet` TO `_quiet_old`, `_quiet_new` TO `quiet`",
          "DROP TABLE IF EXISTS `_quiet_old`",
          // the same names again
          "RENAME TABLE goods TO swap, quiet TO goods, swap TO quiet",
          "RENAME TABLE quiet TO swap, goods TO quiet, swap TO goods",
          "CREATE TABLE copied SELECT id AS number, name, kind FROM goods",
          "CREATE TABLE alike LIKE copied",
          "ALTER TABLE alike RENAME COLUMN number TO nr, RENAME TO likened",
          "DROP TABLE copied",
          "CREATE TABLE copied (name INT, number INT)",
          "CREATE TABLE IF NOT EXISTS copied (wrong INT, number INT)",
          "ALTER TABLE copied ADD COLUMN e ENUM('x','y') NOT NULL, ADD s SET('p','q') NOT NULL",
          "ALTER TABLE copied MODIFY e ENUM('y','x') NOT NULL",
          "ALTER TABLE copied CHANGE COLUMN name Name INT COMMENT 'it''s; DROP number'",
          "CREATE TABLE parted (id INT PRIMARY KEY, a INT, b INT) PARTITION BY RANGE (id)"
              + " (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)",
          "ALTER TABLE parted DROP PARTITION p0",
          "ALTER TABLE parted RENAME COLUMN a TO x, RENAME COLUMN b TO a",
          "ALTER TABLE parted REMOVE PARTITIONING",
          "CREATE TABLE made (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL, c INT AS"
              + " (LENGTH('x, y)')) STORED, d JSON, e YEAR, f BIT(5), g DATETIME(3), h TIME(2), i"
              + " DOUBLE, j FLOAT, k BINARY(4), l VARBINARY(7), m MEDIUMBLOB, n TINYINT(1), o"
              + " SMALLINT UNSIGNED ZEROFILL, p NATIONAL VARCHAR(3), q CHAR(2) CHARACTER SET gbk)",
          "ALTER TABLE made DROP b, CHANGE p r NATIONAL VARCHAR(3) AFTER e, RENAME COLUMN k TO kk",
          // clauses that bear on one another
          "ALTER TABLE parted ADD k INT NOT NULL DEFAULT 7 PARTITION BY KEY (id)",
          "ALTER TABLE parted MODIFY x INT DEFAULT 8 AFTER k, MODIFY k INT NOT NULL DEFAULT 7"
              + " FIRST",
          "CREATE TABLE texts (a VARCHAR(9) DEFAULT 'é', b VARCHAR(9) CHARACTER SET latin1 DEFAULT"
              + " 'ü', c TEXT) CHARSET=latin1",
          "ALTER TABLE texts CONVERT TO CHARACTER SET utf8mb4, MODIFY a VARCHAR(9) CHARACTER SET"
              + " gbk DEFAULT '中文é', ADD d VARCHAR(3) CHARACTER SET latin1 DEFAULT 'ö'",
          // what the server keeps otherwise than it is spelled
          "SET SESSION sql_mode=''; CREATE TABLE kept (a ENUM('a ','b') CHARACTER SET binary NOT"
              + " NULL, b ENUM('订','x') CHARACTER SET latin1 NOT NULL, c ENUM(0x61,'b') NOT NULL, d"
              + " SET('x ','y\\%') NOT NULL DEFAULT 'x,y\\%', e VARCHAR(70000), f"
              + " VARBINARY(70000))",
          "ALTER TABLE kept ADD g ENUM('é','订') CHARACTER SET latin1 NOT NULL FIRST");

  private static final List<String> MYSQL =
      List.of(
          "ALTER TABLE goods ADD hidden INT INVISIBLE, ADD COLUMN dd INT DEFAULT (3 + 4)",
          "ALTER TABLE goods DROP COLUMN v1, ALGORITHM=INSTANT",
          "ALTER TABLE goods ADD v1 INT AFTER id, ALGORITHM=INSTANT",
          "ALTER TABLE goods RENAME COLUMN v2 TO v3, RENAME COLUMN v3 TO v2, ALGORITHM=INSTANT",
          "SET SESSION sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES'; CREATE TABLE \"ansi\" (\"a b\""
              + " INT, b CHAR(3) DEFAULT 'x\\', \"c\" INT); ALTER TABLE \"ansi\" RENAME COLUMN \"a"
              + " b\" TO \"d\"\"e\"");

  private static final List<String> MARIADB =
      List.of(
          "CREATE OR REPLACE TABLE copied (nr INT, u UUID, i INET6)",
          "ALTER TABLE copied ADD COLUMN IF NOT EXISTS nr BIGINT, ADD COLUMN IF NOT EXISTS v INT,"
              + " DROP COLUMN IF EXISTS nowhere, RENAME COLUMN nr TO number",
          "SET STATEMENT max_statement_time=100 FOR ALTER TABLE copied RENAME COLUMN v TO w",
          "ALTER TABLE goods WAIT 5 RENAME COLUMN v2 TO v3, RENAME COLUMN v3 TO v2",
          "ALTER TABLE copied /*M!100000 ADD x INT, */ /*!50701 ADD no INT, */ ADD y INT",
          "CREATE TABLE zipped (a VARCHAR(30) COMPRESSED, b TEXT COMPRESSED, c INT)",
          "ALTER TABLE zipped CHANGE a b TEXT COMPRESSED, CHANGE b a VARCHAR(30) COMPRESSED",
          "ALTER TABLE zipped ADD zipped.d INT DEFAULT 3 FIRST, MODIFY d BIGINT DEFAULT 4, ADD e"
              + " INT NOT NULL DEFAULT CASE WHEN 1 THEN 5 ELSE NULL END",
          "SET SESSION sql_mode='ORACLE'; CREATE TABLE oracle (a VARCHAR2(9) DEFAULT 'x', b"
              + " NUMBER(9,2) DEFAULT 1.5, c DATE DEFAULT '2001-02-03 04:05:06', d CLOB, e RAW(3),"
              + " f NUMBER DEFAULT 0.5); ALTER TABLE oracle ADD g DATE DEFAULT '2002-02-03"
              + " 04:05:06'",
          "CREATE TABLE ranges (a INT NOT NULL DEFAULT 1, b INT DEFAULT 2) PARTITION BY RANGE (a)"
              + " (PARTITION p0 VALUES LESS THAN (1), PARTITION p1 VALUES LESS THAN (10))",
          "ALTER TABLE ranges CONVERT PARTITION p0 TO TABLE own",
          "ALTER TABLE own ADD c INT DEFAULT 3 FIRST",
          "ALTER TABLE own DROP c, DROP b, ADD b INT DEFAULT 2",
          "SET SESSION sql_mode=''; TRUNCATE TABLE own; ALTER TABLE ranges CONVERT TABLE own TO"
              + " PARTITION p2 VALUES LESS THAN (20)");

  /** Those that take every step. */
  private static final Set<MysqlVersion> NEWEST =
      EnumSet.of(MysqlVersion.MYSQL_8_0_33, MysqlVersion.MARIADB_11_4);

  private DdlChain() {}

  /** The statements of one session. */
  public static String[] statements(String step) {
    return step.startsWith("SET SESSION") ? step.split("; ") : new String[] {step};
  }

  /** The same, with what a session needs before and after them. */
  public static String[] in(String schema, String... statements) {
    List<String> all = new ArrayList<>();
    all.add("USE " + schema);
    all.addAll(List.of(statements));
    return all.toArray(String[]::new);
  }

  /** What the log shows of CREATE TABLE ... SELECT are the columns. */
  public static String[] asLogged(String... statements) {
    return Arrays.stream(statements)
        .map(
            sql ->
                sql.contains(" SELECT ")
                    ? "CREATE TABLE copied (number INT UNSIGNED NOT NULL, name VARCHAR(30) NOT"
                        + " NULL, kind ENUM('d','a','b''c','e,f') NOT NULL) CHARSET=utf8mb4"
                    : sql)
        .toArray(String[]::new);
  }

  /**
   * Has the server run a step.
   *
   * @return false where a server older than the newest of its kind refused it: it knows less DDL
   */
  public static boolean run(MysqlServer server, String schema, String step) {
    try {
      server.execute(in(schema, statements(step)));
      return true;
    } catch (ServerException e) {
      if (NEWEST.contains(server.version())) {
        throw e;
      }
      return false;
    }
  }

  public static List<String> of(MysqlServer server) {
    List<String> all = new ArrayList<>(COMMON);
    all.addAll(server.version().isMariaDb() ? MARIADB : MYSQL);
    return all;
  }
}
