package io.binlogbroker.cli.process;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes random transactions of 1 to 5,000 row changes. Each records its number of changes in
 * {@code mall_db.audit}, which is not delivered, so the number is known even if the answer to a
 * COMMIT was lost. One thread.
 */
final class ShopTransactions {
  static final int LARGEST = 5_000;
  private static final int ROWS_OF_A_STATEMENT = 1_000;
  private static final int FULL_TABLE = 4_000;

  private final Random random;
  private final Map<ShopTable, Long> rows = new EnumMap<>(ShopTable.class);
  private long nextId;

  /**
   * @param firstId all lower ids may be in use
   */
  ShopTransactions(Random random, long firstId) {
    this.random = random;
    this.nextId = firstId;
  }

  /** Writes one; returns its number of changes. */
  int write(Connection connection) throws SQLException {
    return write(connection, size());
  }

  /** Writes one with this number of changes. */
  int write(Connection connection, int size) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int changes = 0;
      while (changes < size) {
        changes += change(statement, 1 + random.nextInt(size - changes));
      }
      statement.executeUpdate("INSERT INTO mall_db.audit (changes) VALUES (" + changes + ")");
      if (random.nextInt(25) == 0) {
        connection.rollback();
        return 0;
      }
      connection.commit();
      return changes;
    }
  }

  /** Mostly small, sometimes a bulk load. */
  private int size() {
    int kind = random.nextInt(100);
    if (kind < 60) {
      return 1 + random.nextInt(5);
    }
    if (kind < 90) {
      return 5 + random.nextInt(100);
    }
    return kind < 98 ? 100 + random.nextInt(900) : LARGEST - random.nextInt(4_000);
  }

  private int change(Statement statement, int limit) throws SQLException {
    ShopTable table = ShopTable.values()[random.nextInt(ShopTable.values().length)];
    boolean full = rows.getOrDefault(table, 0L) > FULL_TABLE;
    int kind = random.nextInt(100);
    if (kind < 40) {
      return statement.executeUpdate(
          "UPDATE " + table.table() + " SET " + table.update(random) + someRows(limit));
    }
    if (kind < (full ? 80 : 50)) {
      int deleted = statement.executeUpdate("DELETE FROM " + table.table() + someRows(limit));
      rows.merge(table, (long) -deleted, Long::sum);
      return deleted;
    }
    return insert(statement, table, Math.min(limit, ROWS_OF_A_STATEMENT));
  }

  private int insert(Statement statement, ShopTable table, int count) throws SQLException {
    long first = nextId;
    nextId += count;
    rows.merge(table, (long) count, Long::sum);
    return statement.executeUpdate(
        LongStream.range(first, nextId)
            .mapToObj(id -> table.row(id, random))
            .collect(Collectors.joining(",", "INSERT INTO " + table.table() + " VALUES ", "")));
  }

  /** Ids may be negative, see {@link ShopTable#ORDER_1}. */
  private String someRows(int limit) {
    long from = random.nextLong(-nextId, nextId);
    return " WHERE id >= " + from + " ORDER BY id LIMIT " + limit;
  }
}
