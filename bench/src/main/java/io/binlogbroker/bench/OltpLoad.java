package io.binlogbroker.bench;

import io.binlogbroker.testkit.MysqlServer;

/**
 * Writes a binary log with sysbench's OLTP shape: four tables, and transactions of two updates, a
 * delete and an insert of rows of about 190 bytes. The server itself writes it, by a procedure.
 */
final class OltpLoad {
  private static final int TABLES = 4;
  private static final int ROWS = 10_000;

  private OltpLoad() {}

  static void prepare(MysqlServer mysql) {
    mysql.execute("CREATE DATABASE sbtest");
    for (int table = 1; table <= TABLES; table++) {
      mysql.execute(
          "CREATE TABLE sbtest.sbtest"
              + table
              + " (id INT PRIMARY KEY, k INT NOT NULL, c CHAR(120) NOT NULL, pad CHAR(60) NOT NULL)",
          "INSERT INTO sbtest.sbtest"
              + table
              + " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ROWS
              + ") SELECT /*+ SET_VAR(cte_max_recursion_depth = 20000) */ i, i,"
              + " REPEAT(MD5(i), 3), MD5(i + 1) FROM n");
    }
    mysql.execute(
        "CREATE PROCEDURE sbtest.write_load(transactions INT) BEGIN"
            + " DECLARE i INT DEFAULT 0; DECLARE n INT;"
            + " WHILE i < transactions DO"
            + " SET n = 1 + (i * 7919) % "
            + ROWS
            + "; START TRANSACTION;"
            + " UPDATE sbtest.sbtest1 SET k = k + 1 WHERE id = n;"
            + " UPDATE sbtest.sbtest2 SET c = CONCAT(REPEAT(MD5(i), 3), '-', i) WHERE id = n;"
            + " DELETE FROM sbtest.sbtest3 WHERE id = n;"
            + " INSERT INTO sbtest.sbtest3 VALUES (n, i, REPEAT(MD5(i), 3), MD5(n));"
            + " COMMIT; SET i = i + 1; END WHILE; END");
  }

  /** Four row changes a transaction. */
  static void write(MysqlServer mysql, int transactions) {
    mysql.execute("CALL sbtest.write_load(" + transactions + ")");
  }
}
