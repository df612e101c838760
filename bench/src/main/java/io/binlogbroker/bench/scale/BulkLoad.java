package io.binlogbroker.bench.scale;

import io.binlogbroker.bench.load.Load;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A table filled by statements whose rows the server generates; each is a transaction.
 *
 * @param schema only of this load
 * @param columns as {@code CREATE TABLE} declares them
 * @param values of row {@code i}, an SQL expression for each column
 * @param rows in total
 * @param atOnce rows per transaction
 */
record BulkLoad(String schema, List<String> columns, List<String> values, int rows, int atOnce)
    implements Load {
  /** The text of wide rows: two million characters of concatenated hashes. */
  private static final List<String> TEXT =
      List.of(
          "SET SESSION group_concat_max_len = 4000000, SESSION cte_max_recursion_depth = 10000000",
          "SET @text = (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <"
              + " 16384) SELECT CONVERT(GROUP_CONCAT(SHA2(i, 512) SEPARATOR '') USING latin1)"
              + " FROM n)");

  private static final int WIDE_BYTES_AT_ONCE = 2_000_000;
  private static final int ROWS_AT_ONCE = 1_000;

  /** Rows with a number and a text of this width, each a different part of the same text. */
  static BulkLoad ofWidth(int width, int rows) {
    String text = "SUBSTRING(@text, 1 + i * 7919 %% %d, %d)".formatted(2_097_152 - width, width);
    return new BulkLoad(
        "width" + width,
        List.of("id INT PRIMARY KEY", "pad MEDIUMTEXT NOT NULL"),
        List.of("i", text),
        rows,
        Math.max(1, Math.min(ROWS_AT_ONCE, WIDE_BYTES_AT_ONCE / width)));
  }

  /** Rows with this many columns, alternating numbers and short texts. */
  static BulkLoad ofColumns(int count, int rows) {
    return new BulkLoad(
        "columns" + count,
        each(
            count,
            i -> i == 0 ? "c0 INT PRIMARY KEY" : "c" + i + (i % 2 == 0 ? " INT" : " CHAR(8)")),
        each(count, i -> i % 2 == 0 ? "i + " + i : "LEFT(MD5(i + " + i + "), 8)"),
        rows,
        ROWS_AT_ONCE);
  }

  /** The rows of {@link SpreadLoad}, in transactions of any size. */
  static BulkLoad ofTransactions(int size, int rows) {
    return new BulkLoad(
        "transactions" + size,
        List.of("id INT PRIMARY KEY", "pad VARCHAR(64) NOT NULL"),
        List.of("i", "CONCAT(MD5(i), MD5(-i))"),
        rows,
        size);
  }

  private static List<String> each(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).toList();
  }

  @Override
  public void prepare(MysqlServer mysql) {
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE "
            + schema
            + ".t ("
            + String.join(", ", columns)
            + ") ENGINE=BLACKHOLE CHARACTER SET utf8mb4");
  }

  @Override
  public long write(MysqlServer mysql) {
    List<String> statements = new ArrayList<>(TEXT);
    for (int from = 1; from <= rows; from += atOnce) {
      statements.add(insert(from, Math.min(from + atOnce - 1, rows)));
    }
    mysql.execute(statements.toArray(String[]::new));
    return rows;
  }

  private String insert(int from, int to) {
    return """
        INSERT INTO %s.t
        WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        SELECT %s FROM n
        """
        .formatted(schema, from, to, String.join(", ", values));
  }
}
