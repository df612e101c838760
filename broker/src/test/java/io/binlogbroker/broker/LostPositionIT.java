package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.TopicRecords;
import io.binlogbroker.broker.fixture.Unnamed;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.ReplicaPair;
import io.binlogbroker.testkit.files.CacheFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that no longer has the position to continue from is detected before anything is read.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class LostPositionIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Logger log = LoggerFactory.getLogger(LostPositionIT.class);

  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers servers) {
    kafka = servers.kafka();
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL_8_0_33, OFF, The server no longer has binlog.000001",
    "MYSQL_8_0_33, ON, The server has deleted transactions after it: ",
    "MARIADB_11_4, -, The server no longer has binlog.000001",
  })
  void purgedLogsStopTheBrokerOrAreSkipped(MysqlVersion version, String gtids, String message)
      throws Exception {
    String group = "purged_" + version.ordinal() + gtids.length();
    try (MysqlServer mysql = start(version, gtids);
        LiveBroker broker = broker(group, mysql)) {
      deliverOne(mysql, broker, group);
      writeAndPurge(mysql);

      assertStops(broker, message);

      broker.edit("\"stop\"", "\"earliest\"");
      broker.start();
      mysql.execute("INSERT INTO t.t VALUES (4)");
      assertThat(ids(broker.stopAfter(3, "t." + group))).containsExactly(1, 3, 4);
    }
    assertTheGapIsMarkedOnce(group);
  }

  @Test
  void continuesAtTheLatestIfConfigured() throws Exception {
    try (MysqlServer mysql = start(MysqlVersion.MYSQL_8_0_33, "ON");
        LiveBroker broker = broker("to_latest", mysql)) {
      deliverOne(mysql, broker, "to_latest");
      writeAndPurge(mysql);
      broker.edit("\"stop\"", "\"latest\"");
      broker.start();
      mysql.execute("INSERT INTO t.t VALUES (4)");

      assertThat(ids(broker.stopAfter(2, "t.to_latest"))).containsExactly(1, 4);
    }
    assertTheGapIsMarkedOnce("to_latest");
  }

  private static List<JsonNode> gaps(String group) throws IOException {
    List<JsonNode> gaps = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : TopicRecords.of(kafka, "ddl." + group)) {
      JsonNode message = JSON.readTree(record.value());
      if (message.has("gap")) {
        gaps.add(message);
      }
    }
    return gaps;
  }

  private static void assertTheGapIsMarkedOnce(String group) throws IOException {
    List<JsonNode> gaps = gaps(group);

    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).get("group").textValue()).isEqualTo(group);
    JsonNode gap = gaps.get(0).get("gap");
    assertThat(gap.at("/from/file").textValue()).isNotEqualTo(gap.at("/to/file").textValue());
    assertThat(gap.get("reason").textValue()).contains("server");
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL_8_0_33, OFF, its log was reset",
    "MYSQL_8_0_33, ON, its log was reset",
    "MARIADB_11_4, -, its log was reset",
  })
  void aResetLogStopsTheBrokerAndHasItsOwnColumns(
      MysqlVersion version, String gtids, String message) throws Exception {
    String group = "anew_" + version.ordinal() + gtids.length();
    try (MysqlServer mysql = start(version, gtids);
        Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = broker(group, mysql)) {
      deliverOne(mysql, broker, group);
      mysql.execute(
          "CREATE TABLE t.longer (text TEXT)",
          "ALTER TABLE t.t RENAME COLUMN id TO nr",
          "RESET MASTER",
          "INSERT INTO t.longer VALUES (REPEAT('than the old log', 600))");
      for (int nr = 10; nr < 30; nr++) {
        mysql.execute("INSERT INTO t.t VALUES (" + nr + ")");
      }

      assertStops(broker, message);

      broker.edit("\"stop\"", "\"earliest\"");
      List<ChangeRecord> changes = broker.start().stopAfter(21, "t." + group);
      assertThat(columns(changes.get(0))).containsExactly("id");
      assertThat(changes.subList(1, 21)).allMatch(change -> columns(change).equals(Set.of("nr")));
    }
  }

  /** A new log of one file has the same file name again, a longer one does not. */
  @ParameterizedTest
  @CsvSource({
    "MYSQL_8_0_33, OFF, 1, 1, 1",
    "MYSQL_8_0_33, ON, 1, 1, 1",
    "MYSQL_8_0_33, OFF, 1, 1, 2",
    "MYSQL_5_7_22, OFF, 1, 300, 1",
    "MARIADB_11_4, -, 1, 1, 1",
    "MARIADB_11_4, -, 3, 1, 1",
  })
  void aResetOfTheLogBeingReadStopsTheBroker(
      MysqlVersion version, String gtids, int files, int rowsBehind, int filesBehind)
      throws Exception {
    String group = "reset_%s%s_%d_%d".formatted(version, gtids.length(), files, filesBehind);
    try (MysqlServer mysql = start(version, gtids);
        LiveBroker broker = broker(group, mysql)) {
      create(mysql, group);
      broker.start();
      for (int file = 1; file <= files; file++) {
        mysql.execute("INSERT INTO t.t VALUES (" + -file + ")");
        if (file < files) {
          mysql.execute("FLUSH BINARY LOGS");
        }
      }
      broker.await(files, "t." + group);
      mysql.execute("RESET MASTER");
      insert(mysql, 1, rowsBehind);
      if (filesBehind > 1) {
        mysql.execute("FLUSH BINARY LOGS", "INSERT INTO t.t VALUES (1000000)");
      }

      assertGivesUp(broker.failure(), "was reset (RESET MASTER");
      assertStops(broker, "Set a position of this server");
    }
  }

  /**
   * The stream would otherwise continue in the second file of the new log, without the rows of the
   * first.
   */
  @ParameterizedTest
  @CsvSource({"MYSQL_8_0_33, OFF", "MYSQL_8_0_33, ON", "MARIADB_11_4, -"})
  void aLogResetUnderLoadIsReadFromItsBeginning(MysqlVersion version, String gtids)
      throws Exception {
    String group = "loaded_" + version.ordinal() + gtids.length();
    try (MysqlServer mysql = start(version, gtids);
        LiveBroker broker = broker(group, mysql)) {
      create(mysql, group);
      broker.edit("\"stop\"", "\"earliest\"");
      broker.start();
      insert(mysql, 1, 100);
      broker.await(100, "t." + group);
      insert(mysql, 101, 150);
      mysql.execute("RESET MASTER");
      insert(mysql, 151, 160);
      mysql.execute("FLUSH BINARY LOGS");
      insert(mysql, 161, 300);
      List<Integer> ids =
          ids(broker.awaitUntil(change -> ids(List.of(change)).contains(300), "t." + group));

      assertThat(ids).isSorted().doesNotHaveDuplicates();
      assertThat(ids).containsAll(IntStream.rangeClosed(1, 100).boxed().toList());
      assertThat(ids).containsAll(IntStream.rangeClosed(151, 300).boxed().toList());
    }
    assertThat(gaps(group)).hasSize(1);
  }

  private static void insert(MysqlServer mysql, int first, int last) {
    mysql.execute(
        IntStream.rangeClosed(first, last)
            .mapToObj(id -> "INSERT INTO t.t VALUES (" + id + ")")
            .toArray(String[]::new));
  }

  @Test
  void aServerWithoutItsOwnTransactionsStopsTheBroker() throws Exception {
    try (MysqlServer mysql = start(MysqlVersion.MYSQL_8_0_33, "ON");
        LiveBroker broker = broker("forgot", mysql)) {
      deliverOne(mysql, broker, "forgot");
      mysql.execute("RESET MASTER");

      assertStops(broker, "The server does not have its own delivered transactions ");
    }
  }

  /** With semi-synchronous replication, the log has a transaction before the server commits it. */
  @Test
  void aDeliveredTransactionThatIsNotCommittedYetIsWaitedFor() throws Exception {
    MysqlServer waiting =
        server()
            .with("gtid_mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .with("plugin_load_add", "semisync_source.so")
            .with("loose_rpl_semi_sync_source_wait_no_replica", "ON")
            .with("loose_rpl_semi_sync_source_timeout", "6000");
    try (MysqlServer mysql = waiting.start();
        LiveBroker broker = broker("waiting", mysql)) {
      users(mysql);
      deliverOne(mysql, broker, "waiting");
      mysql.execute("SET GLOBAL rpl_semi_sync_source_enabled = ON");
      broker.start();
      Thread insert = new Thread(() -> mysql.execute("INSERT INTO t.t VALUES (2)"));
      insert.start();
      broker.stopAfter(2, "t.waiting");
      assertThat(insert.isAlive()).as("the transaction is not committed").isTrue();

      broker.start();
      mysql.execute("INSERT INTO t.t VALUES (3)");
      insert.join();

      assertThat(ids(broker.stopAfter(3, "t.waiting"))).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aShortenedLogStopsTheBroker() throws Exception {
    try (MysqlServer mysql = start(MysqlVersion.MYSQL_8_0_33, "OFF");
        LiveBroker broker = broker("shorter", mysql)) {
      deliverOne(mysql, broker, "shorter");
      mysql.execute("RESET MASTER");

      assertStops(broker, "It is beyond the end of its file, ");
    }
  }

  @Test
  void anotherServerWithoutGtidsStopsTheBroker() throws Exception {
    try (MysqlServer mysql = start(MysqlVersion.MYSQL_8_0_33, "OFF");
        MysqlServer other = start(MysqlVersion.MYSQL_8_0_33, "OFF");
        LiveBroker broker = broker("elsewhere", mysql)) {
      deliverOne(mysql, broker, "elsewhere");
      broker.edit(address(mysql), address(other));

      assertStops(broker, "and there are no GTIDs to find it by");
    }
  }

  @Test
  void aReplicaThatWillNeverHaveTheDeliveredTransactionsStopsTheBroker() throws Exception {
    try (ReplicaPair pair = new ReplicaPair(server(), server()).start();
        LiveBroker broker = broker("diverged", pair.primary())) {
      users(pair.primary());
      users(pair.replica());
      create(pair.primary(), "diverged");
      pair.awaitReplica();
      broker.start();
      pair.replica().execute("STOP REPLICA");
      pair.primary().execute("INSERT INTO t.t VALUES (1)");
      broker.stopAfter(1, "t.diverged");
      broker.edit(address(pair.primary()), address(pair.replica()));

      assertStops(broker, "they were lost in a failover");
    }
  }

  @Test
  void aReplicaWithoutLogReplicaUpdatesIsRefused() throws Exception {
    try (ReplicaPair pair = new ReplicaPair(server(), server())) {
      pair.replica().with("log_slave_updates", "OFF");
      pair.start();
      users(pair.replica());
      try (LiveBroker broker = broker("unlogged", pair.replica())) {
        DeliveryException failure = broker.fail();

        log.info("Seen: {} {}", failure.kind(), failure.getMessage());
        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SETTINGS);
        assertThat(failure).hasMessageContaining("log_replica_updates: OFF on a replica");
      }
    }
  }

  private static void assertStops(LiveBroker broker, String message) {
    assertGivesUp(broker.fail(), message);
  }

  private static void assertGivesUp(DeliveryException failure, String message) {
    log.info("Seen: {} {}", failure.kind(), failure.getMessage());
    assertThat(failure.kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(failure.isRetriable()).isFalse();
    assertThat(failure).hasMessageContaining(message);
  }

  /** Delivers and commits row 1, then stops the broker. */
  private static void deliverOne(MysqlServer mysql, LiveBroker broker, String group) {
    create(mysql, group);
    broker.start();
    mysql.execute("INSERT INTO t.t VALUES (1)");
    broker.stopAfter(1, "t." + group);
  }

  /** Writes row 2 to a file that is then purged, and row 3 to the next file. */
  private static void writeAndPurge(MysqlServer mysql) throws InterruptedException {
    mysql.execute("INSERT INTO t.t VALUES (2)", "FLUSH BINARY LOGS");
    // MariaDB does not purge a file that a dump reads, and detects late that the reader is gone.
    for (int i = 0; i < 100 && mysql.query("SHOW BINARY LOGS").size() > 1; i++) {
      mysql.execute("PURGE BINARY LOGS TO 'binlog.000002'");
      Thread.sleep(100);
    }
    mysql.execute("INSERT INTO t.t VALUES (3)");
  }

  private static void create(MysqlServer mysql, String group) {
    mysql.execute(
        "CREATE DATABASE t", "CREATE TABLE t.t (id INT PRIMARY KEY) COMMENT '" + group + "'");
  }

  private static List<Integer> ids(List<ChangeRecord> changes) {
    return changes.stream()
        .map(change -> Objects.requireNonNull(change.change().after()).get("id").intValue())
        .toList();
  }

  private static Set<String> columns(ChangeRecord change) {
    return Objects.requireNonNull(change.change().after()).keySet();
  }

  private static MysqlServer start(MysqlVersion version, String gtids) {
    MysqlServer server = new MysqlServer(version, CacheFolder.ofUser());
    if (gtids.equals("ON")) {
      server.with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
    }
    server.start();
    users(server);
    return server;
  }

  private static MysqlServer server() {
    return new MysqlServer(MysqlVersion.MYSQL_8_0_33, CacheFolder.ofUser());
  }

  private static void users(MysqlServer server) {
    server.createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
  }

  private static String address(MysqlServer server) {
    return "127.0.0.1:" + server.port();
  }

  private static LiveBroker broker(String group, MysqlServer mysql) {
    String rules =
        """
        "Sources":[{"Schema":"t", "Tables":[{"Table":"t", "Topic":"t.%s"}]}], "OnLostPosition":"stop", "Heartbeat":"1s",
        "DdlTopic":"ddl.%s",
        """;
    return LiveBroker.with(group, mysql, kafka, rules.formatted(group, group));
  }
}
