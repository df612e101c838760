package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.LiveTopics;
import io.binlogbroker.broker.fixture.NumberTable;
import io.binlogbroker.broker.fixture.PositionsLoss;
import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.Replay;
import io.binlogbroker.client.SourceTable;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broker that is stopped and restarted continues exactly where it was, whatever the source logs.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class ContinuationIT {
  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aRestartContinuesExactly(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String gtid = version.isMariaDb() ? "0-1-\\d+" : "null";

    assertContinues(mysql, "go_on_" + version.ordinal(), gtid);
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_8_0_12"})
  void aRestartContinuesExactlyByGtids(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    switchGtidsOn(mysql);
    try {
      String gtid = mysql.value("SELECT @@server_uuid") + ":\\d+";
      assertContinues(mysql, "go_on_by_gtid_" + version.ordinal(), gtid);
    } finally {
      switchGtidsOff(mysql);
    }
  }

  @Test
  void anonymousTransactionsDuringAGtidModeSwitchAreDelivered() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    switchGtidsOn(mysql);
    mysql.execute("CREATE DATABASE off_db", "CREATE TABLE off_db.t (id INT PRIMARY KEY, n INT)");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll("off", mysql, kafka)) {
      mysql.execute("INSERT INTO off_db.t VALUES (1, 1)");
      broker.await(1, "off_db");
      switchGtidsOff(mysql);
      mysql.execute("INSERT INTO off_db.t VALUES (2, 2)");
      broker.stopAfter(2, "off_db");
      mysql.execute("INSERT INTO off_db.t VALUES (3, 3)");
      broker.start().await(3, "off_db");
      switchGtidsOn(mysql);
      mysql.execute("INSERT INTO off_db.t VALUES (4, 4)");
      changes = broker.stopAfter(4, "off_db");
    } finally {
      switchGtidsOff(mysql);
    }

    assertThat(changes).hasSize(4);
    assertEachOnceInOrder(changes);
    assertThat(replayed(changes, "off_db", "t")).isEqualTo(selected(mysql, "off_db.t"));
  }

  static void switchGtidsOn(MysqlServer mysql) {
    mysql.execute(
        "SET GLOBAL enforce_gtid_consistency = ON",
        "SET GLOBAL gtid_mode = OFF_PERMISSIVE",
        "SET GLOBAL gtid_mode = ON_PERMISSIVE",
        "SET GLOBAL gtid_mode = ON");
  }

  static void switchGtidsOff(MysqlServer mysql) {
    mysql.execute(
        "SET GLOBAL gtid_mode = ON_PERMISSIVE",
        "SET GLOBAL gtid_mode = OFF_PERMISSIVE",
        "SET GLOBAL gtid_mode = OFF",
        "SET GLOBAL enforce_gtid_consistency = OFF");
  }

  private static void assertContinues(MysqlServer mysql, String schema, String gtid)
      throws Exception {
    mysql.execute(
        "CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, n INT)");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      mysql.execute("INSERT INTO " + schema + ".t VALUES (1, 1), (2, 1)");
      broker.stopAfter(2, schema);
      mysql.execute(
          "UPDATE " + schema + ".t SET n = 2",
          "FLUSH BINARY LOGS",
          "DELETE FROM " + schema + ".t WHERE id = 1");
      broker.start();
      mysql.execute("INSERT INTO " + schema + ".t VALUES (3, 3)");
      changes = broker.stopAfter(6, schema);
    }

    assertThat(changes).hasSize(6);
    assertEachOnceInOrder(changes);
    assertThat(changes).allSatisfy(c -> assertThat("" + c.change().source().gtid()).matches(gtid));
    assertThat(replayed(changes, schema, "t")).isEqualTo(selected(mysql, schema + ".t"));
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL_8_0_33, DELETED",
    "MYSQL_8_0_33, EMPTIED",
    "MARIADB_11_4, RECREATED",
    "MARIADB_11_4, EMPTIED",
  })
  void aPositionThatKafkaLosesIsKnownToTheBroker(MysqlVersion version, PositionsLoss loss)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = ("forgotten_" + loss + version.ordinal()).toLowerCase(Locale.ROOT);
    NumberTable table = NumberTable.create(mysql, schema);
    String rules =
        """
        "Sources":[{"Schema":"%s", "Tables":[{"Table":"t"}]}], "PositionsTopic":"positions.%s",
        """
            .formatted(schema, schema);
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, rules).start()) {
      insert(table, 1, 50);
      broker.await(50, schema);
      loss.of("positions." + schema, new LiveTopics(kafka));
      endDumps(mysql);
      insert(table, 51, 100);
      changes = broker.stopAfter(100, schema);
    }

    assertThat(changes).hasSize(100);
    table.verify(changes);
  }

  private static void insert(NumberTable table, int first, int last) {
    table
        .mysql()
        .execute(IntStream.rangeClosed(first, last).mapToObj(table::insert).toArray(String[]::new));
  }

  private static void endDumps(MysqlServer mysql) {
    mysql
        .query("SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'")
        .forEach(row -> mysql.execute("KILL " + row.get("ID")));
  }

  @Test
  void theRowsOfACompressedTransactionAreCompleteAndDistinguishable() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    mysql.execute(
        "CREATE DATABASE compressed_db",
        "CREATE TABLE compressed_db.t (id INT PRIMARY KEY, n INT, pad TEXT)",
        "CREATE TABLE compressed_db.u (id INT PRIMARY KEY, n INT)");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll("compressed", mysql, kafka)) {
      String values =
          String.join(
              ",",
              IntStream.range(0, 2000)
                  .mapToObj(i -> "(" + i + ",1,REPEAT('x" + i + "', 50))")
                  .toList());
      mysql.execute(
          "SET SESSION binlog_transaction_compression = ON",
          "BEGIN",
          "INSERT INTO compressed_db.t VALUES " + values,
          "INSERT INTO compressed_db.u SELECT id, n FROM compressed_db.t WHERE id < 100",
          "UPDATE compressed_db.t SET n = 2 WHERE id < 900",
          "COMMIT",
          "DELETE FROM compressed_db.u WHERE id < 10");
      changes = broker.stopAfter(3010, "compressed_db");
    }

    assertThat(changes).hasSize(3010);
    assertEachOnceInOrder(changes);
    assertThat(changes.subList(0, 3000))
        .extracting(c -> id(c).pos())
        .containsOnly(id(changes.get(0)).pos());
    assertThat(changes.subList(0, 3000))
        .extracting(c -> id(c).row())
        .containsExactlyElementsOf(IntStream.range(0, 3000).mapToObj(Long::valueOf).toList());
    assertThat(replayed(changes, "compressed_db", "t"))
        .isEqualTo(selected(mysql, "compressed_db.t"));
    assertThat(replayed(changes, "compressed_db", "u"))
        .isEqualTo(selected(mysql, "compressed_db.u"));
  }

  @Test
  void rowCountRestartsAtTheSameOffsetOfTheNextFile() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    mysql.execute(
        "CREATE DATABASE files_db",
        "CREATE TABLE files_db.t (id INT PRIMARY KEY, pad VARCHAR(600))");
    // The event before the payload encodes the transaction's length in one byte if it is below 251,
    // otherwise in three: these lengths are far above that, however well they compress.
    String pad = "CONCAT(SHA2(1, 512), SHA2(2, 512), SHA2(3, 512), SHA2(4, 512))";
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll("files", mysql, kafka)) {
      mysql.execute(
          "SET SESSION binlog_transaction_compression = ON",
          "FLUSH BINARY LOGS",
          "INSERT INTO files_db.t VALUES (1, " + pad + ")",
          "FLUSH BINARY LOGS",
          "INSERT INTO files_db.t VALUES (2, " + pad + ")");
      changes = broker.stopAfter(2, "files_db");
    }

    assertThat(id(changes.get(1)).pos()).isEqualTo(id(changes.get(0)).pos());
    assertThat(changes).extracting(change -> id(change).row()).containsExactly(0L, 0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly-once", "at-least-once"})
  void aStoppedBrokersPositionIsExact(String delivery) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    String schema = delivery.replace('-', '_');
    mysql.execute(
        "CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, n INT)");
    String more = "\"SyncAll\":true, \"Delivery\":\"" + delivery + "\",";
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, more).start()) {
      for (int i = 0; i < 50; i++) {
        mysql.execute("INSERT INTO " + schema + ".t VALUES (" + i + ", 1), (" + (i + 50) + ", 1)");
      }
      broker.stopAfter(100, schema);
      var end = mysql.query("SHOW MASTER STATUS").get(0);
      var position = new JsonMapper().readTree(broker.positionFile().toFile());
      assertThat(position.get("file").asText()).isEqualTo(end.get("File"));
      assertThat(position.get("pos").asText()).isEqualTo(end.get("Position"));

      mysql.execute("UPDATE " + schema + ".t SET n = 2");
      broker.start();
      changes = broker.stopAfter(200, schema);
    }

    assertThat(changes).hasSize(200);
    assertEachOnceInOrder(changes);
    assertThat(replayed(changes, schema, "t")).isEqualTo(selected(mysql, schema + ".t"));
  }

  private static void assertEachOnceInOrder(List<ChangeRecord> changes) {
    List<ChangeId> ids = changes.stream().map(ContinuationIT::id).toList();
    assertThat(ids).doesNotHaveDuplicates().isSorted();
  }

  private static ChangeId id(ChangeRecord change) {
    return change.change().source().id();
  }

  /** The {@code id} and {@code n} of a table's rows after the changes. */
  private static Map<Integer, Integer> replayed(
      List<ChangeRecord> changes, String schema, String table) {
    SourceTable name = new SourceTable(schema, table);
    Replay replay = new Replay(Map.of(name, List.of("id")));
    changes.forEach(replay::accept);
    assertThat(replay.finish()).isEmpty();
    Map<Integer, Integer> rows = new TreeMap<>();
    replay
        .rows(name)
        .values()
        .forEach(
            row ->
                rows.put(
                    Objects.requireNonNull(row.get("id")).intValue(),
                    Objects.requireNonNull(row.get("n")).intValue()));
    return rows;
  }

  private static Map<Integer, Integer> selected(MysqlServer mysql, String table) {
    Map<Integer, Integer> rows = new TreeMap<>();
    mysql
        .query("SELECT id, n FROM " + table)
        .forEach(
            row ->
                rows.put(Integer.valueOf("" + row.get("id")), Integer.valueOf("" + row.get("n"))));
    return rows;
  }
}
