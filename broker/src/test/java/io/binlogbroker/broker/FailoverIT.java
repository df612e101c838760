package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.ReplicaPair;
import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.network.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker whose server fails continues at a replica of it, exactly where it was. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(240)
class FailoverIT {
  private static final int ROWS = 60_000;

  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers servers) {
    kafka = servers.kafka();
  }

  /** The replica writes the same rows in much smaller events, and has other file names. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aPartlyDeliveredTransactionContinuesAtTheReplica(MysqlVersion version) throws Exception {
    MysqlServer replica = server(version).with("log_bin", "other");
    String smaller =
        version.isMariaDb() ? "binlog_row_event_max_size" : "binlog-row-event-max-size";
    try (ReplicaPair pair =
            new ReplicaPair(server(version), replica.with(smaller, "1024")).start();
        TcpProxy proxy = TcpProxy.to(pair.primary().port());
        LiveBroker broker = broker("cut_" + version.ordinal(), pair, proxy.port())) {
      String schema = create(pair, "cut_" + version.name().toLowerCase(Locale.ROOT));
      users(pair);
      broker.start();
      proxy.throttle(500_000);
      pair.primary()
          .execute(
              "BEGIN",
              fill(schema),
              "INSERT INTO %s.unheard SELECT seq FROM %s.numbers".formatted(schema, schema),
              "UPDATE %s.t SET n = 2".formatted(schema),
              "COMMIT");
      int before = broker.await(ROWS / 10, schema).size();
      moveToReplica(pair, proxy);

      List<ChangeRecord> changes = broker.stopAfter(2 * ROWS, schema);

      assertThat(before).isLessThan(2 * ROWS);
      assertThat(changes).hasSize(2 * ROWS);
      assertThat(changes)
          .extracting(change -> change.change().source().id().file())
          .contains("binlog.000001", "other.000001");
      assertThat(rebuilt(changes)).isEqualTo(selected(pair.replica(), schema));
    }
  }

  /**
   * The broker is slowed down, so that the replica is certain to have everything that the broker
   * has read.
   */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void thePrimaryIsKilledUnderLoad(MysqlVersion version) throws Exception {
    try (ReplicaPair pair = new ReplicaPair(server(version), server(version)).start();
        TcpProxy proxy = TcpProxy.to(pair.primary().port());
        LiveBroker broker = broker("killed_" + version.ordinal(), pair, proxy.port())) {
      String schema = create(pair, "killed_" + version.name().toLowerCase(Locale.ROOT));
      users(pair);
      broker.start();
      proxy.throttle(100_000);
      AtomicInteger written = new AtomicInteger();
      Thread load = load(pair.primary(), schema, written);
      broker.await(200, schema);
      proxy.stall();
      awaitRows(pair.replica(), schema, written.get());
      pair.primary().kill();
      load.join();
      proxy.cut();
      pair.promoteReplica();
      int kept =
          Integer.parseInt("" + pair.replica().value("SELECT COUNT(*) FROM " + schema + ".t"));
      for (int i = 0; i < 100; i++) {
        pair.replica().execute("UPDATE " + schema + ".t SET n = n + 1 WHERE id = " + i);
      }

      List<ChangeRecord> changes = broker.stopAfter(2 * kept + 100, schema);

      assertThat(written.get()).isGreaterThan(200);
      assertThat(rebuilt(changes)).isEqualTo(selected(pair.replica(), schema));
    }
  }

  /** A row that was changed only on the replica is different in its log. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aReplicaWithOtherRowsOfATransactionStopsTheBroker(MysqlVersion version) throws Exception {
    try (ReplicaPair pair = new ReplicaPair(server(version), server(version)).start();
        TcpProxy proxy = TcpProxy.to(pair.primary().port());
        LiveBroker broker = broker("other_" + version.ordinal(), pair, proxy.port())) {
      String schema = create(pair, "other_" + version.name().toLowerCase(Locale.ROOT));
      users(pair);
      pair.primary().execute(fill(schema));
      pair.awaitReplica();
      pair.replica()
          .execute("SET sql_log_bin = 0", "UPDATE " + schema + ".t SET pad = 'z' WHERE id = 1");
      broker.start();
      proxy.throttle(500_000);
      pair.primary().execute("UPDATE " + schema + ".t SET n = 2");
      int before = broker.await(ROWS / 10, schema).size();
      moveToReplica(pair, proxy);
      DeliveryException e = broker.failure();

      assertThat(before).isLessThan(ROWS);
      assertThat(e.kind()).isEqualTo(FailureKind.POSITION_LOST);
      assertThat(e)
          .hasMessageStartingWith("The rows of the transaction ")
          .hasMessageContaining("differ in this server's log, or are in another order");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void transactionsPreparedAtThePrimaryAreDecidedAtTheReplica(MysqlVersion version)
      throws Exception {
    try (ReplicaPair pair = new ReplicaPair(server(version), server(version)).start();
        LiveBroker broker = broker("xa_" + version.ordinal(), pair, pair.primary().port())) {
      String schema = create(pair, "xa_" + version.name().toLowerCase(Locale.ROOT));
      users(pair);
      broker.start();
      prepare(pair.primary(), "'kept'", fill(schema));
      prepare(pair.primary(), "'dropped'", "INSERT INTO " + schema + ".unheard VALUES (1)");
      pair.primary().execute("INSERT INTO " + schema + ".t VALUES (-1, 1, '')");
      broker.await(1, schema);
      pair.awaitReplica();
      pair.primary().kill();
      pair.promoteReplica();
      pair.replica().execute("XA ROLLBACK 'dropped'", "XA COMMIT 'kept'");
      pair.replica().execute("UPDATE " + schema + ".t SET n = 2 WHERE id = 7");

      List<ChangeRecord> changes = broker.stopAfter(ROWS + 2, schema);

      assertThat(changes).hasSize(ROWS + 2);
      assertThat(rebuilt(changes)).isEqualTo(selected(pair.replica(), schema));
    }
  }

  @Test
  void aRolledBackTransactionIsNotDelivered() throws Exception {
    try (ReplicaPair pair = mariaDbPair();
        TcpProxy proxy = TcpProxy.to(pair.primary().port());
        LiveBroker broker = broker("undone", pair, proxy.port())) {
      broker.edit("\"64KiB\"", "\"64MiB\"");
      String schema = rollBack(pair, broker, proxy, "undone");
      moveToReplica(pair, proxy);
      pair.replica().execute("INSERT INTO " + schema + ".t VALUES (-1, 1, '')");

      List<ChangeRecord> changes = broker.stopAfter(1, schema);

      assertThat(changes).hasSize(1);
      assertThat(rebuilt(changes)).isEqualTo(selected(pair.replica(), schema));
    }
  }

  /** The replica does not have the transaction in its log. */
  @Test
  void aRollbackAfterAPartialDeliveryStopsTheBroker() throws Exception {
    try (ReplicaPair pair = mariaDbPair();
        TcpProxy proxy = TcpProxy.to(pair.primary().port());
        LiveBroker broker = broker("undone_late", pair, proxy.port())) {
      String schema = rollBack(pair, broker, proxy, "undone_late");
      broker.await(1, schema);
      moveToReplica(pair, proxy);
      pair.replica().execute("INSERT INTO " + schema + ".t VALUES (-1, 1, '')");
      DeliveryException e = broker.failure();

      assertThat(e.kind()).isEqualTo(FailureKind.POSITION_LOST);
      assertThat(e)
          .hasMessageStartingWith("Expected the transaction 0-1-")
          .hasMessageContaining(" that was delivered in part, at binlog.000001:")
          .hasMessageContaining(", but the source begins with 0-2-");
    }
  }

  /** MySQL 8.0 does not log rows that are rolled back. */
  private static ReplicaPair mariaDbPair() {
    return new ReplicaPair(server(MysqlVersion.MARIADB_11_4), server(MysqlVersion.MARIADB_11_4))
        .start();
  }

  /** Rolls all rows back at the primary, while the broker reads slowly. */
  private static String rollBack(
      ReplicaPair pair, LiveBroker broker, TcpProxy proxy, String schema) {
    create(pair, schema);
    users(pair);
    broker.start();
    proxy.throttle(500_000);
    pair.primary()
        .execute(
            "USE " + schema,
            "BEGIN",
            "CREATE TEMPORARY TABLE tmp (id INT)",
            fill(schema),
            "DROP TEMPORARY TABLE tmp",
            "ROLLBACK");
    return schema;
  }

  @Test
  void theBrokerWaitsForALaggingReplica() throws Exception {
    MysqlServer replica = server(MysqlVersion.MYSQL_8_0_33).with("log_bin", "other");
    try (ReplicaPair pair = new ReplicaPair(server(MysqlVersion.MYSQL_8_0_33), replica).start();
        TcpProxy proxy = TcpProxy.to(pair.primary().port());
        LiveBroker broker = broker("lagging", pair, proxy.port())) {
      String schema = create(pair, "lagging");
      users(pair);
      broker.start();
      replica.execute(
          "STOP REPLICA", "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 6", "START REPLICA");
      pair.primary().execute("INSERT INTO lagging.t VALUES (1, 1, '')");
      broker.await(1, schema);
      proxy.cut();
      pair.primary().execute("INSERT INTO lagging.t VALUES (2, 1, '')");

      List<ChangeRecord> changes = broker.stopAfter(2, schema);

      assertThat(changes)
          .extracting(change -> change.change().source().id().file())
          .containsExactly("binlog.000001", "other.000001");
      assertThat(rebuilt(changes)).isEqualTo(selected(pair.replica(), schema));
    }
  }

  /** Makes the primary unreachable once the replica has everything that was read. */
  private static void moveToReplica(ReplicaPair pair, TcpProxy proxy) {
    proxy.stall();
    pair.awaitReplica();
    proxy.cut();
  }

  private static void prepare(MysqlServer server, String xid, String change) {
    server.execute("XA START " + xid, change, "XA END " + xid, "XA PREPARE " + xid);
  }

  /** A statement that inserts all rows at once. */
  private static String fill(String schema) {
    return "INSERT INTO %1$s.t SELECT seq, 1, REPEAT('x', 90) FROM %1$s.numbers".formatted(schema);
  }

  private static void awaitRows(MysqlServer server, String schema, int count) {
    String sql = "SELECT COUNT(*) FROM " + schema + ".t";
    long limit = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (Integer.parseInt("" + server.value(sql)) < count) {
      assertThat(System.nanoTime()).as("rows of " + server).isLessThan(limit);
    }
  }

  private static Thread load(MysqlServer server, String schema, AtomicInteger written) {
    Thread thread =
        new Thread(
            () -> {
              try (Connection connection = server.connect();
                  Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (true) {
                  int id = written.get();
                  statement.execute(
                      "INSERT INTO %s.t VALUES (%d, 1, REPEAT('y', 300))".formatted(schema, id));
                  statement.execute("UPDATE %s.t SET n = 2 WHERE id = %d".formatted(schema, id));
                  connection.commit();
                  written.incrementAndGet();
                }
              } catch (SQLException e) {
                // Expected: the server was killed.
              }
            },
            "load");
    thread.start();
    return thread;
  }

  private static MysqlServer server(MysqlVersion version) {
    return new MysqlServer(version, CacheFolder.ofUser());
  }

  private static void users(ReplicaPair pair) {
    pair.primary().createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
    pair.replica().createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
  }

  private static String create(ReplicaPair pair, String schema) {
    String digits =
        "(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5"
            + " UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
    pair.primary()
        .execute(
            "CREATE DATABASE " + schema,
            "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, n INT, pad VARCHAR(400))",
            "CREATE TABLE " + schema + ".unheard (id INT PRIMARY KEY)",
            "CREATE TABLE " + schema + ".numbers (seq INT PRIMARY KEY)",
            "INSERT INTO %1$s.numbers SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d FROM %2$s a, %2$s b, %2$s c, %2$s e, %2$s f WHERE f.d < 6"
                .formatted(schema, digits));
    pair.awaitReplica();
    return schema;
  }

  /** Commits every 64 KiB, in the middle of transactions. */
  private static LiveBroker broker(String group, ReplicaPair pair, int primaryPort) {
    String config =
        """
        {"RPCListen":"", "KafkaAddr":["@kafka"], "StateDir":"@state", "AllowPublicKeyRetrieval":true,
         "CommitSize":"32KiB", "CommitMaxSize":"64KiB", "Heartbeat":"1s", "Tls":{"Mode":"disabled"},
         "SyncAll":true, "BlackList":["cut_mysql_8_0_33.unheard", "cut_mariadb_11_4.unheard"],
         "MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%d,127.0.0.1:%d)"}
        """
            .formatted(primaryPort, pair.replica().port());
    return new LiveBroker(group, pair.primary(), kafka, config);
  }

  /** Applies the changes in order; each must match the rows before it. */
  private static Map<Integer, Integer> rebuilt(List<ChangeRecord> changes) {
    Map<Integer, Integer> rows = new TreeMap<>();
    for (ChangeRecord record : changes) {
      Map<String, JsonNode> before = record.change().before();
      Map<String, JsonNode> after = Objects.requireNonNull(record.change().after());
      if (!record.change().source().table().table().equals("t")) {
        continue;
      }
      Integer left = before == null ? null : number(before, "n");
      Integer id = number(after, "id");
      assertThat(rows.get(id)).as("row before %s", record).isEqualTo(left);
      rows.put(id, number(after, "n"));
    }
    return rows;
  }

  private static Integer number(Map<String, JsonNode> row, String column) {
    return Objects.requireNonNull(row.get(column)).intValue();
  }

  private static Map<Integer, Integer> selected(MysqlServer mysql, String schema) {
    Map<Integer, Integer> rows = new TreeMap<>();
    mysql
        .query("SELECT id, n FROM " + schema + ".t")
        .forEach(
            row ->
                rows.put(Integer.valueOf("" + row.get("id")), Integer.valueOf("" + row.get("n"))));
    return rows;
  }
}
