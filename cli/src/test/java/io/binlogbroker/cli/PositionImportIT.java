package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Takes over positions as Debezium, Maxwell and Canal store them. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class PositionImportIT {
  private static final Duration END = Duration.ofSeconds(60);

  private static MysqlServer mysql;
  private static KafkaServer kafka;

  private final CapturedRun run = new CapturedRun();

  @TempDir Path folder;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
  }

  /** An event of the log, as SHOW BINLOG EVENTS lists it. */
  private record Logged(String file, long start, String type, long end) {}

  @Test
  void anOffsetOfKafkaConnectIsContinued() throws Exception {
    TestGroup shop = shop("of_connect");
    shop.insert(1, 2);
    String[] end = end();
    shop.insert(3, 4);
    String offset = "{\"ts_sec\":1,\"file\":\"%s\",\"pos\":%s,\"server_id\":%s}";
    connectOffsets(
        "offsets_1",
        List.of(
            List.of("[\"shop\",{\"server\":\"p\"}]", offset.formatted(end[0], 4, serverId())),
            List.of("[\"shop\",{\"server\":\"p\"}]", offset.formatted(end[0], end[1], serverId())),
            List.of("[\"users\",{\"server\":\"p\"}]", offset.formatted(end[0], 4, serverId())),
            List.of("[\"files\",{\"filename\":\"a\"}]", "{\"position\":7}")));

    int code =
        run.execute(
            shop.args(
                "position",
                "import",
                "--from",
                "debezium",
                "--topic",
                "offsets_1",
                "--connector",
                "shop"));

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out())
        .contains("topic offsets_1, connector shop (topic.prefix p)")
        .contains("Set the position of of_connect to " + String.join(":", end))
        .doesNotContain("note");
    assertContinues(shop, 3, 4);
  }

  @Test
  void anOffsetWithinATransactionBeginsTheTransactionAgain() throws Exception {
    TestGroup shop = shop("within_transaction");
    shop.insert(1, 1);
    String[] end = end();
    mysql.execute(
        "SET SESSION binlog_format = 'ROW'",
        "BEGIN",
        "INSERT INTO within_transaction.goods VALUES (2, 'tea'), (3, 'tea')",
        "INSERT INTO within_transaction.goods VALUES (4, 'tea'), (5, 'tea')",
        "COMMIT");
    Logged begin = events(end).get(1); // after the GTID event
    String offset =
        "{\"file\":\"%s\",\"pos\":%d,\"event\":4,\"row\":1}".formatted(begin.file(), begin.start());

    int code = run.execute(shop.args("position", "import", "--from", "debezium", "--json", offset));

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out())
        .contains("is inside the transaction at " + String.join(":", end))
        .contains("up to 3 rows are delivered again");
    assertContinues(shop, 2, 5);
  }

  @Test
  void theRowInMaxwellsTableIsContinued() throws Exception {
    TestGroup shop = shop("of_maxwell");
    mysql.execute(
        "CREATE DATABASE IF NOT EXISTS maxwell",
        "CREATE TABLE maxwell.positions (server_id int unsigned not null, binlog_file varchar(255),"
            + " binlog_position int unsigned, gtid_set varchar(4096), client_id varchar(255)"
            + " charset latin1 not null default 'maxwell', heartbeat_at bigint null,"
            + " last_heartbeat_read bigint null, primary key (server_id, client_id))",
        "GRANT SELECT ON maxwell.positions TO " + TestGroup.USER);
    shop.insert(1, 2);
    String[] end = end();
    shop.insert(3, 4);
    mysql.execute(
        "INSERT INTO maxwell.positions VALUES (@@server_id, '%s', %s, NULL, 'shop', 1, 1700000000000)"
            .formatted(end[0], end[1]),
        "INSERT INTO maxwell.positions VALUES (4711, 'other.000001', 4, NULL, 'shop', 1, 1)");

    int unknown = run.execute(shop.args("position", "import", "--from", "maxwell"));
    int code =
        run.execute(shop.args("position", "import", "--from", "maxwell", "--client-id", "shop"));

    assertThat(unknown).isEqualTo(2);
    assertThat(run.err()).contains("Expected a position of client maxwell");
    assertThat(code).as(run.err()).isZero();
    assertThat(run.out()).contains("2023-11-14T22:13:20Z, from `maxwell`.positions, client shop");
    assertContinues(shop, 3, 4);
  }

  @Test
  void theCursorOfCanalIsContinuedAfterItsTransaction() throws Exception {
    TestGroup shop = shop("of_canal");
    String[] before = end();
    shop.insert(1, 1);
    Logged commit =
        events(before).stream()
            .filter(event -> event.type().equals("Xid"))
            .findFirst()
            .orElseThrow();
    shop.insert(2, 3);
    String meta =
        "{\"clientDatas\":[{\"clientIdentity\":{\"clientId\":1001},\"cursor\":{\"postion\":{"
            + "\"gtid\":\"\",\"included\":false,\"journalName\":\"%s\",\"position\":%d,"
                .formatted(commit.file(), commit.start())
            + "\"serverId\":%s,\"timestamp\":1700000000000}}}]}".formatted(serverId());
    Path file = Files.writeString(folder.resolve("meta.dat"), meta);

    int code =
        run.execute(
            shop.args("position", "import", "--from", "canal", "--from-file", file.toString()));

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out()).contains("to " + commit.file() + ":" + commit.end());
    assertContinues(shop, 2, 3);
  }

  @Test
  void aDryRunSetsNothing() {
    TestGroup shop = shop("dry");
    String[] end = end();

    int code =
        run.execute(
            shop.args(
                "position", "import", "--from", "maxwell", "--json", maxwell(end), "--dry-run"));
    run.execute(shop.args("position", "show"));

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out()).contains("Nothing is set.").containsPattern("store .*: none");
  }

  @Test
  void positionsThatTheServerDoesNotHaveAreRefused() throws Exception {
    TestGroup shop = shop("refused");
    String[] end = end();
    shop.insert(1, 1);

    assertRefused(6, "does not have binlog.999999; its oldest file is", shop, "binlog.999999", 4);
    long inside = Long.parseLong(end[1]) + 7;
    assertRefused(2, end[0] + ":" + inside + " is inside an event", shop, end[0], inside);
    assertRefused(2, "is beyond the end of its file", shop, end[0], 1L << 33);
    String foreign =
        "{\"server_id\":99,\"binlog_file\":\"%s\",\"binlog_position\":%s}"
            .formatted(end[0], end[1]);
    CapturedRun other = new CapturedRun();
    assertThat(
            other.execute(shop.args("position", "import", "--from", "maxwell", "--json", foreign)))
        .isEqualTo(6);
    assertThat(other.err()).contains("server_id 99 but this server has " + serverId());
  }

  @Test
  void gtidsDetermineTheStartAndMustNotIncludeWhatIsNotRead() throws Exception {
    try (MysqlServer server =
        MysqlServer.mysql8033()
            .with("gtid_mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .start()) {
      server.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop = new TestGroup("by_gtids", server, kafka, folder);
      shop.insert(1, 1);
      Map<String, String> before = server.query("SHOW MASTER STATUS").get(0);
      String[] place = {before.get("File"), before.get("Position")};
      shop.insert(2, 2);
      String all = server.value("SELECT @@global.gtid_executed");
      shop.insert(3, 3);
      String value = "{\"file\":\"%s\",\"pos\":%s,\"gtids\":\"%s\"}";
      String ahead = value.formatted(place[0], place[1], all);
      String elsewhere = value.formatted("other.000042", 815, all);

      int code =
          run.execute(shop.args("position", "import", "--from", "debezium", "--json", ahead));
      int byGtids =
          run.execute(
              shop.args(
                  "position", "import", "--from", "debezium", "--dry-run", "--json", elsewhere));

      assertRefusedForCanal(shop, all);

      assertThat(code).as(run.err()).isZero();
      assertThat(run.out()).contains("which is not read completely; it is delivered again");
      assertThat(byGtids).as(run.err()).isZero();
      assertThat(run.out())
          .contains("does not have other.000042; the GTIDs determine the start")
          .contains("gtid " + all);
      assertContinues(shop, 2, 3);

      server.execute("FLUSH BINARY LOGS", "PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
      String none = value.formatted(place[0], place[1], server.value("SELECT UUID()") + ":1");
      assertThat(run.execute(shop.args("position", "import", "--from", "debezium", "--json", none)))
          .isEqualTo(6);
      assertThat(run.err()).contains("The server has deleted transactions after it");
    }
  }

  @Test
  void thePositionOfARunningBrokerIsNotChanged() throws Exception {
    TestGroup shop = shop("running");
    try (ForkedProgram broker = shop.startReading()) {
      int code =
          run.execute(
              shop.args("position", "import", "--from", "maxwell", "--json", maxwell(end())));

      assertThat(code).isEqualTo(10);
      assertThat(run.err()).contains("stop it first");
      assertThat(broker.console()).doesNotContain("ERROR");
    }
  }

  /** Canal may have confirmed the beginning of a transaction, whose GTID it has then added. */
  private void assertRefusedForCanal(TestGroup shop, String gtids) {
    String cursor =
        "{\"postion\":{\"journalName\":\"other.000042\",\"position\":815,\"gtid\":\"%s\"}}";
    CapturedRun refused = new CapturedRun();
    String json = cursor.formatted(gtids);
    assertThat(refused.execute(shop.args("position", "import", "--from", "canal", "--json", json)))
        .isEqualTo(6);
    assertThat(refused.err())
        .contains("the server does not have other.000042", "without the last transaction");
  }

  private void assertRefused(int code, String message, TestGroup shop, String file, long offset) {
    CapturedRun refused = new CapturedRun();
    String[] place = {file, Long.toString(offset)};
    assertThat(
            refused.execute(
                shop.args("position", "import", "--from", "maxwell", "--json", maxwell(place))))
        .as(refused.err())
        .isEqualTo(code);
    assertThat(refused.err()).contains(message);
  }

  private static String maxwell(String[] place) {
    return "{\"binlog_file\":\"%s\",\"binlog_position\":%s}".formatted(place[0], place[1]);
  }

  private TestGroup shop(String group) {
    return new TestGroup(group, mysql, kafka, folder);
  }

  private static void assertContinues(TestGroup shop, int first, int last) throws Exception {
    List<Integer> expected = new ArrayList<>();
    for (int id = first; id <= last; id++) {
      expected.add(id);
    }
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(shop.awaitDelivered(expected.size())).isEqualTo(expected);
      broker.terminate();
      assertThat(broker.exitCode(END)).isZero();
    }
  }

  private static String[] end() {
    Map<String, String> status = mysql.query("SHOW MASTER STATUS").get(0);
    return new String[] {status.get("File"), status.get("Position")};
  }

  private static String serverId() {
    return mysql.value("SELECT @@server_id");
  }

  private static List<Logged> events(String[] from) {
    return mysql.query("SHOW BINLOG EVENTS IN '%s' FROM %s".formatted(from[0], from[1])).stream()
        .map(
            row ->
                new Logged(
                    row.get("Log_name"),
                    Long.parseLong(row.get("Pos")),
                    row.get("Event_type"),
                    Long.parseLong(row.get("End_log_pos"))))
        .toList();
  }

  /** Writes offsets as a Connect worker does: a compacted topic of several partitions. */
  private static void connectOffsets(String topic, List<List<String>> records) throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      NewTopic offsets =
          new NewTopic(topic, 5, (short) 1).configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(Set.of(offsets)).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      for (List<String> record : records) {
        producer.send(new ProducerRecord<>(topic, record.get(0), record.get(1))).get();
      }
    }
  }
}
