package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;

/**
 * A table with twenty columns of all kinds, filled and then updated by statements of several
 * thousand rows each: four inserts for three updates.
 */
public record WideLoad(int changes) implements Load {
  public static final String SCHEMA = "wide";

  static final String CREATE_TABLE =
      """
      CREATE TABLE wide.goods (
        id INT PRIMARY KEY,
        tiny TINYINT NOT NULL,
        small SMALLINT UNSIGNED NOT NULL,
        medium MEDIUMINT,
        big BIGINT UNSIGNED NOT NULL,
        price DECIMAL(12,2) NOT NULL,
        ratio DOUBLE,
        flags BIT(10),
        code CHAR(8) CHARACTER SET latin1 NOT NULL,
        title VARCHAR(100) NOT NULL,
        note TEXT,
        attributes JSON,
        picture BLOB,
        state ENUM('new', 'open', 'sold', 'gone') NOT NULL,
        tags SET('red', 'green', 'blue', 'large'),
        born DATE,
        opens TIME(3),
        made DATETIME(6) NOT NULL,
        touched TIMESTAMP(3) NULL,
        season YEAR)
      """;

  static final String INSERT =
      """
      INSERT INTO wide.goods
      WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)
      SELECT /*+ SET_VAR(cte_max_recursion_depth = 5000) */
        i, i %% 128, i %% 65536, IF(i %% 10 = 0, NULL, i - 300000), i * 1000003,
        i / 100, i / 7, i %% 1024, LEFT(MD5(i), 8), CONCAT('A good thing, number ', i, ' ä €'),
        REPEAT(MD5(i + 1), 2), JSON_OBJECT('id', i, 'name', MD5(i), 'sizes', JSON_ARRAY(1, 2, i)),
        UNHEX(REPEAT(MD5(i + 2), 2)), 1 + i %% 4, i %% 16,
        '2000-01-01' + INTERVAL i %% 9000 DAY, SEC_TO_TIME(i %% 86400 + 0.125),
        '2026-01-01' + INTERVAL i * 1003 MICROSECOND, FROM_UNIXTIME(1700000000 + i + 0.25),
        1950 + i %% 150
      FROM n
      """;

  private static final String UPDATE =
      """
      UPDATE wide.goods
      SET price = price + 1, title = CONCAT(title, '!'), state = 'sold', touched = NULL
      WHERE id BETWEEN %d AND %d
      """;

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public void prepare(MysqlServer mysql) {
    mysql.execute("CREATE DATABASE wide", CREATE_TABLE);
  }

  @Override
  public long write(MysqlServer mysql) {
    int inserts = changes - changes * 3 / 7;
    RowChunks.of(inserts, (from, to) -> mysql.execute(INSERT.formatted(from, to)));
    RowChunks.of(changes - inserts, (from, to) -> mysql.execute(UPDATE.formatted(from, to)));
    return changes;
  }
}
