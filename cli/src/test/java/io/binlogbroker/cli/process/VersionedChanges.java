package io.binlogbroker.cli.process;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes random transactions of inserts, updates, deletes and changes of the primary key to a
 * {@link CopiedTable}, each statement with a version of its own. The number of changes is recorded
 * in {@code mall_db.audit}, as by {@link ShopTransactions}. One thread.
 */
final class VersionedChanges {
  /** The row that is written last. */
  static final long LAST_ID = -1;

  private static final int LARGE = 2_000;

  private final Random random;
  private final long idBound;
  private long version = CopiedTable.FIRST_VERSION;

  VersionedChanges(CopiedTable table, Random random) {
    this.random = random;
    this.idBound = table.idBound();
  }

  /** Writes a transaction; returns its number of changes. */
  int write(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int changes = 0;
      for (int i = random.nextInt(3); i >= 0; i--) {
        changes += change(statement);
      }
      if (random.nextInt(25) == 0) {
        connection.rollback();
        return 0;
      }
      commit(connection, statement, changes);
      return changes;
    }
  }

  /** Writes the row that a consumer waits for. */
  void writeLast(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      commit(connection, statement, insert(statement, LAST_ID, 1));
    }
  }

  private static void commit(Connection connection, Statement statement, int changes)
      throws SQLException {
    statement.executeUpdate("INSERT INTO mall_db.audit (changes) VALUES (" + changes + ")");
    connection.commit();
  }

  private int change(Statement statement) throws SQLException {
    long id = random.nextLong(idBound);
    int count = 1 + random.nextInt(4);
    int kind = random.nextInt(1_000);
    if (kind < 5) {
      return update(statement, id, LARGE);
    }
    if (kind < 200) {
      return delete(statement, id, count);
    }
    if (kind < 400) {
      return insert(statement, id, count);
    }
    return kind < 600 ? move(statement, id) : update(statement, id, count);
  }

  private int update(Statement statement, long id, int count) throws SQLException {
    return statement.executeUpdate(
        "UPDATE %s SET v = %d, note = '%s' WHERE id BETWEEN %d AND %d"
            .formatted(CopiedTable.FULL_NAME, ++version, note(), id, id + count));
  }

  private static int delete(Statement statement, long id, int count) throws SQLException {
    return statement.executeUpdate(
        "DELETE FROM %s WHERE id BETWEEN %d AND %d"
            .formatted(CopiedTable.FULL_NAME, id, id + count));
  }

  private int insert(Statement statement, long id, int count) throws SQLException {
    version++;
    return statement.executeUpdate(
        LongStream.range(id, id + count)
            .mapToObj(each -> "(%d, %d, '%s')".formatted(each, version, note()))
            .collect(
                Collectors.joining(
                    ",",
                    "INSERT IGNORE INTO %s (id, v, note) VALUES ".formatted(CopiedTable.FULL_NAME),
                    "")));
  }

  /** Gives a row another primary key, whose row is deleted before. */
  private int move(Statement statement, long id) throws SQLException {
    long to = random.nextLong(idBound);
    if (to == id) {
      return 0;
    }
    int deleted =
        statement.executeUpdate(
            "DELETE FROM %s WHERE id = %d".formatted(CopiedTable.FULL_NAME, to));
    return deleted
        + statement.executeUpdate(
            "UPDATE %s SET id = %d, v = %d WHERE id = %d"
                .formatted(CopiedTable.FULL_NAME, to, ++version, id));
  }

  private String note() {
    return Long.toHexString(random.nextLong());
  }
}
