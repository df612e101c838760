package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;

/**
 * sysbench's OLTP load: four tables, and transactions of two updates, a delete and an insert of
 * rows of about 190 bytes.
 */
public record OltpLoad(int transactions) implements Load {
  public static final String SCHEMA = "sbtest";
  private static final int CHANGES_PER_TRANSACTION = 4;
  private static final int TABLES = 4;
  private static final int ROWS = 10_000;

  private static final String CREATE_PROCEDURE =
      """
      CREATE PROCEDURE sbtest.write_load(transactions INT) BEGIN
        DECLARE i INT DEFAULT 0;
        DECLARE n INT;
        WHILE i < transactions DO
          SET n = 1 + (i * 7919) %% %d;
          START TRANSACTION;
          UPDATE sbtest.sbtest1 SET k = k + 1 WHERE id = n;
          UPDATE sbtest.sbtest2 SET c = CONCAT(REPEAT(MD5(i), 3), '-', i) WHERE id = n;
          DELETE FROM sbtest.sbtest3 WHERE id = n;
          INSERT INTO sbtest.sbtest3 VALUES (n, i, REPEAT(MD5(i), 3), MD5(n));
          COMMIT;
          SET i = i + 1;
        END WHILE;
      END"""
          .formatted(ROWS);

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public void prepare(MysqlServer mysql) {
    mysql.execute("CREATE DATABASE sbtest");
    for (int table = 1; table <= TABLES; table++) {
      mysql.execute(createTable("sbtest.sbtest" + table), fillTable("sbtest.sbtest" + table));
    }
    mysql.execute(CREATE_PROCEDURE);
  }

  @Override
  public long write(MysqlServer mysql) {
    mysql.execute("CALL sbtest.write_load(" + transactions + ")");
    return (long) transactions * CHANGES_PER_TRANSACTION;
  }

  private static String createTable(String name) {
    return "CREATE TABLE "
        + name
        + " (id INT PRIMARY KEY, k INT NOT NULL, c CHAR(120) NOT NULL, pad CHAR(60) NOT NULL)";
  }

  private static String fillTable(String name) {
    return """
        INSERT INTO %s
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        SELECT /*+ SET_VAR(cte_max_recursion_depth = 20000) */
          i, i, REPEAT(MD5(i), 3), MD5(i + 1) FROM n
        """
        .formatted(name, ROWS);
  }
}
