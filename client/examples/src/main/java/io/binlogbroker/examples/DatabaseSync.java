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
 * Data synchronisation: keeps a table of another database as {@code mall_db.goods} is.
 *
 * <p>A batch is a transaction there. Applying a change a second time does not hurt, since a row is
 * put as it is after the change: so at least once is enough. An outage of the database is waited
 * for.
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
