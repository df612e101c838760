package io.binlogbroker.cli.process;

import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A table under load that a pair of brokers copies, and the faults meanwhile. One thread. */
final class SnapshotScene implements AutoCloseable {
  private static final String NO_SNAPSHOT = "\"Snapshot\": \"never\",";
  private static final String SNAPSHOT = "\"Snapshot\": \"initial\",";

  private final Shop shop;
  private final CopiedTable table;
  private final Random random;
  private final BrokerPair pair;
  private final VersionedLoad load;
  private final SnapshotHistory history;
  private final long began = System.nanoTime();

  /**
   * @param shop with a Kafka that has a proxy for each of the two
   * @param more keys of the brokers' configuration, each followed by a comma
   */
  SnapshotScene(
      Shop shop, CopiedTable table, Path folder, EtcdServer etcd, Random random, String more) {
    this.shop = shop;
    this.table = table;
    this.random = random;
    String all = Shop.CUTTING + "\"LeaseTtl\": \"3s\", " + NO_SNAPSHOT + more;
    this.load = new VersionedLoad(shop, table, new Random(random.nextLong()));
    this.pair = new BrokerPair(folder, shop, List.of(etcd.port()), all).start();
    this.history = new SnapshotHistory(shop);
    load.start();
    // Only now, since the second broker starts slowly.
    pair.members()
        .forEach(member -> member.broker().edit(text -> text.replace(NO_SNAPSHOT, SNAPSHOT)));
  }

  BrokerPair pair() {
    return pair;
  }

  CopiedTable table() {
    return table;
  }

  MysqlServer mysql() {
    return shop.mysql();
  }

  /** Executes a statement that is allowed to fail. */
  void tryOnMysql(String sql) {
    try (Connection connection = mysql().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      System.out.println("SnapshotScene: " + sql + ": " + e.getMessage());
    }
  }

  /** Injects the faults one after another, each after an equal share of the rows that are left. */
  void endure(List<SnapshotFault> faults) {
    for (int i = 0; i < faults.size(); i++) {
      long read = history.read();
      long left = Math.max(0, table.rows() * 9 / 10 - read); // some are deleted before
      history.awaitReading(read + left / (faults.size() - i + 1));
      Pause.of(random.nextInt(500));
      long injected = System.nanoTime();
      faults.get(i).inject(this);
      System.out.printf(
          "SnapshotScene: %s after %d rows, for %d ms%n",
          faults.get(i), history.read(), (System.nanoTime() - injected) / 1_000_000);
    }
    history.awaitComplete();
  }

  /** Ends the load and requires an exact copy; returns figures. */
  String verify() {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    load.finish();
    return ExactCopy.verified(shop, table, history) + ", " + seconds + " s";
  }

  @Override
  public void close() {
    load.close();
    history.close();
    pair.close();
  }
}
