package io.binlogbroker.demo;

import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Executes the transactions of the load. One thread. */
final class ShopWriter implements AutoCloseable {
  private final Connection connection;

  ShopWriter(MysqlServer mysql) {
    try {
      // Only rows that differ afterwards are in the binary log, so only these are counted.
      connection = DriverManager.getConnection(mysql.jdbcUrl() + "?user=root&useAffectedRows=true");
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not connect to " + mysql, e);
    }
  }

  void write(ShopTransaction transaction) {
    try {
      for (ShopStatement statement : transaction.statements()) {
        write(statement);
      }
      if (transaction.isRolledBack()) {
        connection.rollback();
        return;
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("The database rejected a change: " + e.getMessage(), e);
    }
  }

  private void write(ShopStatement statement) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      int index = 0;
      for (@Nullable Object value : statement.values()) {
        prepared.setObject(++index, value);
      }
      int rows = prepared.executeUpdate();
      if (rows != statement.rows()) {
        throw new IllegalStateException(
            "Expected %d changed rows but got %d from %s with %s"
                .formatted(statement.rows(), rows, statement.sql(), statement.values()));
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not close the connection", e);
    }
  }
}
