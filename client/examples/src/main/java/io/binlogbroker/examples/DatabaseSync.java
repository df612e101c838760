package io.binlogbroker.examples;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeConsumerBuilder;
import io.binlogbroker.client.FailurePolicy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Data synchronization: replicates {@code mall_db.goods} to a table of another database.
 *
 * <p>With {@code "Snapshot": "initial"}, or after {@code binlogbroker snapshot start}, the rows
 * that the table has already arrive too, as {@code READ}, and replace the target's rows as inserts
 * and updates do.
 *
 * <p>Each batch is one transaction. A row is written with its values after the change, so handling
 * a change again has no effect, and at-least-once delivery suffices. Retries cover an outage of the
 * database.
 */
final class DatabaseSync {
  private final String jdbcUrl;

  DatabaseSync(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  ChangeConsumerBuilder register(ChangeConsumerBuilder builder) {
    return builder
        .onFailure(FailurePolicy.retry(20, Duration.ofMillis(100)))
        .onBatch("mall_db.goods", Goods.class, this::apply);
  }

  private void apply(List<Change<Goods>> changes) throws SQLException {
    try (Connection database = DriverManager.getConnection(jdbcUrl);
        PreparedStatement delete = database.prepareStatement("DELETE FROM goods WHERE id = ?");
        PreparedStatement put =
            database.prepareStatement(
                "REPLACE INTO goods (id, usr_id, price, note) VALUES (?, ?, ?, ?)")) {
      database.setAutoCommit(false);
      for (Change<Goods> change : changes) {
        Goods before = change.before();
        Goods after = change.after();
        if (before != null && (after == null || after.id() != before.id())) {
          delete.setLong(1, before.id());
          delete.executeUpdate();
        }
        if (after != null) {
          put(put, after);
        }
      }
      database.commit();
    }
  }

  private static void put(PreparedStatement put, Goods goods) throws SQLException {
    put.setLong(1, goods.id());
    put.setLong(2, goods.userId());
    put.setBigDecimal(3, goods.price());
    put.setString(4, goods.note());
    put.executeUpdate();
  }
}
