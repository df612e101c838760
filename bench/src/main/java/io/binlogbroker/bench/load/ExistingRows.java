package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that is full before reading starts, and whose rows are not in the binary log: only a
 * snapshot delivers them.
 *
 * @param schema only of this load
 * @param insert inserts the rows of a range; a format with its first and last number
 */
public record ExistingRows(String schema, String createTable, String insert, int rows)
    implements Load {
  public static final String NARROW = "narrow";

  private static final String CREATE_NARROW =
      """
      CREATE TABLE narrow.orders (
        id INT PRIMARY KEY,
        customer INT NOT NULL,
        goods INT,
        state TINYINT NOT NULL,
        cents BIGINT NOT NULL,
        code VARCHAR(16) NOT NULL)
      """;

  private static final String INSERT_NARROW =
      """
      INSERT INTO narrow.orders
      WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)
      SELECT /*+ SET_VAR(cte_max_recursion_depth = 5000) */
        i, i * 7919 %% 100003, IF(i %% 10 = 0, NULL, i %% 5000), i %% 5, i * 101, LEFT(MD5(i), 12)
      FROM n
      """;

  /** Five short columns beside the key. */
  public static ExistingRows narrow(int rows) {
    return new ExistingRows(NARROW, CREATE_NARROW, INSERT_NARROW, rows);
  }

  /** The table of {@link WideLoad}. */
  public static ExistingRows wide(int rows) {
    return new ExistingRows(WideLoad.SCHEMA, WideLoad.CREATE_TABLE, WideLoad.INSERT, rows);
  }

  @Override
  public void prepare(MysqlServer mysql) {
    List<String> statements = new ArrayList<>();
    // Logged: Debezium cannot read a log without any GTID.
    statements.add("CREATE DATABASE " + schema);
    statements.add(createTable);
    statements.add("SET SESSION sql_log_bin = 0");
    RowChunks.of(rows, (from, to) -> statements.add(insert.formatted(from, to)));
    mysql.execute(statements.toArray(String[]::new));
  }

  /** Writes nothing: the rows exist. */
  @Override
  public long write(MysqlServer mysql) {
    return rows;
  }
}
