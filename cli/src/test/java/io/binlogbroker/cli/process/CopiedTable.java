package io.binlogbroker.cli.process;

import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the shop that is copied while it changes: each change gives its rows a version that is
 * higher than all before. It is delivered by the shop's rule for orders. One thread.
 */
final class CopiedTable {
  static final String NAME = "order_3";
  static final String FULL_NAME = "mall_db." + NAME;
  static final String TOPIC = ShopTable.ORDER_1.topic();

  /** The version of the rows that exist from the beginning. */
  static final long FIRST_VERSION = 0;

  private static final int MOST_COLUMNS = 20;
  private static final int SLICE = 100_000;
  private static final String ADDED = "added_";
  private static final String DEFAULT = "7";

  private final MysqlServer mysql;
  private final long rows;
  private int added;

  private CopiedTable(MysqlServer mysql, long rows) {
    this.mysql = mysql;
    this.rows = rows;
  }

  /** Creates it with this number of rows, whose ids are even. */
  static CopiedTable create(Shop shop, long rows) {
    String digits =
        IntStream.range(0, 10)
            .mapToObj(digit -> "SELECT " + digit + " AS n")
            .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    shop.mysql()
        .execute(
            "CREATE TABLE %s (id BIGINT PRIMARY KEY, v BIGINT NOT NULL, note VARCHAR(40) NOT NULL)"
                .formatted(FULL_NAME),
            ("INSERT INTO %1$s SELECT number * 2, %3$d, CONCAT('row ', number) FROM (SELECT a.n"
                    + " + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n + 100000 * f.n AS number"
                    + " FROM %2$s a, %2$s b, %2$s c, %2$s d, %2$s e, %2$s f) AS numbers"
                    + " WHERE number < %4$d")
                .formatted(FULL_NAME, digits, FIRST_VERSION, rows));
    return new CopiedTable(shop.mysql(), rows);
  }

  long rows() {
    return rows;
  }

  /** All ids that its changes use are lower. */
  long idBound() {
    return 2 * rows + 2_000;
  }

  /** Adds a column behind the last one, without a rebuild. */
  void addColumn() {
    alter(", ALGORITHM=INSTANT");
  }

  /** Adds a column before others and copies the table. */
  void rebuild() {
    alter(" AFTER v, ALGORITHM=COPY");
  }

  private void alter(String how) {
    if (added == MOST_COLUMNS) {
      throw new IllegalStateException("Expected at most " + MOST_COLUMNS + " added columns");
    }
    mysql.execute(
        "ALTER TABLE %s ADD COLUMN %s%d INT NOT NULL DEFAULT %s%s"
            .formatted(FULL_NAME, ADDED, added++, DEFAULT, how));
  }

  /**
   * A row as text, with every column that may be added: one that a message lacks has its default.
   */
  static String text(Map<String, @Nullable String> row) {
    StringBuilder text = new StringBuilder(row.get("v") + " " + row.get("note"));
    for (int column = 0; column < MOST_COLUMNS; column++) {
      String value = row.getOrDefault(ADDED + column, DEFAULT);
      text.append(DEFAULT.equals(value) ? "" : " " + ADDED + column + "=" + value);
    }
    return text.toString();
  }

  /**
   * The first rows in which a copy differs from the table.
   *
   * @param copied the text of the row with an id; null if there is none
   * @param count number of the rows of the copy
   */
  List<String> differences(LongFunction<@Nullable String> copied, long count) {
    List<String> differences = new ArrayList<>();
    long real = 0;
    for (long from = -SLICE; from < idBound(); from += SLICE) {
      for (Map<String, @Nullable String> row : slice(from)) {
        long id = Long.parseLong(Objects.requireNonNull(row.get("id")));
        String copy = copied.apply(id);
        if (!text(row).equals(copy)) {
          differences.add("expected " + id + ": " + text(row) + ", but got " + copy);
        }
        real++;
      }
    }
    if (real != count) {
      differences.add("expected " + real + " rows, but got " + count);
    }
    return differences.subList(0, Math.min(10, differences.size()));
  }

  private List<Map<String, @Nullable String>> slice(long from) {
    return mysql.query(
        "SELECT * FROM %s WHERE id >= %d AND id < %d".formatted(FULL_NAME, from, from + SLICE));
  }
}
