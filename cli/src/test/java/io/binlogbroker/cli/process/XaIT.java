package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.NumberTable;
import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.broker.fixture.TypedTable;
import io.binlogbroker.broker.fixture.TypedTables;
import io.binlogbroker.broker.fixture.Unnamed;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.files.CacheFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XA transactions with their three endings, on each server that logs them in two parts. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class XaIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private static LiveServers servers;
  private static KafkaServer kafka;

  @TempDir Path folder;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void theTopicEqualsTheTableAfterEachEnding(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "xa_ends_" + version.ordinal());
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      prepare(table, "'a','b',7", table.insert(1, 2), table.insert(3));
      prepare(table, "'c'", table.insert(4));
      mysql.execute(table.insert(5));
      mysql.execute("XA ROLLBACK 'c'");
      mysql.execute("XA START 'd'", table.insert(6), "XA END 'd'", "XA COMMIT 'd' ONE PHASE");
      mysql.execute("XA COMMIT 'a','b',7");
      mysql.execute("UPDATE " + table.schema() + ".t SET n = 2");
      changes = broker.stopAfter(10, table.schema());
    }

    assertThat(changes).hasSize(10);
    assertThat(changes).extracting(XaIT::id).startsWith(5, 6, 1, 2, 3);
    assertThat(changes.subList(2, 5))
        .extracting(change -> change.change().source().id().pos())
        .containsOnly(changes.get(2).change().source().id().pos());
    assertThat(changes.subList(2, 5))
        .extracting(change -> change.change().source().id().row())
        .containsExactly(0L, 1L, 2L);
    table.verify(changes);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aCommitWhileTheBrokerIsDownIsDelivered(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "xa_away_" + version.ordinal());
    List<ChangeRecord> changes;
    prepare(table, "'before'", table.insert(1));
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      prepare(table, "'x'", table.insert(2, 3));
      prepare(table, "'y'", table.insert(4));
      mysql.execute(table.insert(5));
      broker.stopAfter(1, table.schema());
      mysql.execute("FLUSH BINARY LOGS", "XA COMMIT 'x'", "FLUSH BINARY LOGS", "XA ROLLBACK 'y'");
      broker.start();
      mysql.execute("XA COMMIT 'before'");
      changes = broker.stopAfter(4, table.schema());
    }

    assertThat(changes).extracting(XaIT::id).containsExactly(5, 2, 3, 1);
    table.verify(changes);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aPurgedPrepareStopsTheBroker(MysqlVersion version) throws Exception {
    try (MysqlServer mysql = new MysqlServer(version, cache()).start()) {
      mysql.createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
      NumberTable table = NumberTable.create(mysql, "xa_gone_" + version.ordinal());
      prepare(table, "'x'", table.insert(1));
      mysql.execute("FLUSH BINARY LOGS");
      purge(mysql);
      try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
        mysql.execute("XA COMMIT 'x'");
        DeliveryException e = broker.failure();

        assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
        assertThat(e).hasMessageStartingWith("The XA transaction X'78',X'',1 is committed at ");
      }
    }
  }

  /** Rows share an offset in these transactions, so rows of other tables are also counted. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void undeliveredTablesOfEveryTypeAreSkipped(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "xa_asked_" + version.ordinal());
    List<String> others = othersOfEveryType(mysql, "xa_not_asked_" + version.ordinal());
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker =
            LiveBroker.with(
                table.schema(),
                mysql,
                kafka,
                "\"Sources\":[{\"Schema\":\"@\",\"Tables\":[{\"Table\":\"t\",\"Topic\":\"@\"}]}],"
                    .replace("@", table.schema()))) {
      broker.start();
      List<String> statements = new ArrayList<>(List.of(table.insert(1, 2)));
      others.forEach(other -> statements.add("UPDATE " + other + " SET id = id + 1000"));
      statements.add(table.insert(3));
      prepare(table, "'x'", statements.toArray(String[]::new));
      mysql.execute("XA COMMIT 'x'");
      mysql.execute(inOnePhase(version, table.insert(4), others, table.insert(5)));
      changes = broker.stopAfter(5, table.schema());
    }

    assertThat(changes).extracting(XaIT::id).containsExactly(1, 2, 3, 4, 5);
    table.verify(changes);
  }

  private static List<String> othersOfEveryType(MysqlServer mysql, String schema) {
    mysql.execute("CREATE DATABASE " + schema);
    List<String> names = new ArrayList<>();
    for (TypedTable other : TypedTables.of(mysql.version())) {
      other.create(mysql, schema);
      other.insert(mysql, schema);
      names.add(schema + "." + other.name());
    }
    return names;
  }

  /** A compressed transaction if the server supports it. */
  private static String[] inOnePhase(
      MysqlVersion version, String first, List<String> others, String last) {
    boolean compresses = version == MysqlVersion.MYSQL_8_0_33;
    List<String> statements = new ArrayList<>();
    statements.add(
        compresses ? "SET SESSION binlog_transaction_compression = ON" : "SET @unused = 1");
    statements.add(compresses ? "BEGIN" : "XA START 'y'");
    statements.add(first);
    others.forEach(other -> statements.add("DELETE FROM " + other));
    statements.add(last);
    statements.addAll(
        compresses ? List.of("COMMIT") : List.of("XA END 'y'", "XA COMMIT 'y' ONE PHASE"));
    return statements.toArray(String[]::new);
  }

  private static CacheFolder cache() {
    return CacheFolder.ofUser();
  }

  /** MariaDB keeps a file until InnoDB has written what its transactions changed. */
  private static void purge(MysqlServer mysql) {
    String newest = String.valueOf(mysql.query("SHOW MASTER STATUS").get(0).get("File"));
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (mysql.query("SHOW BINARY LOGS").size() > 1) {
      mysql.execute("PURGE BINARY LOGS TO '" + newest + "'");
      assertThat(System.nanoTime()).as("files are purged").isLessThan(limit);
      Pause.of(100);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void killsBetweenPrepareAndCommitAndDuringDeliveryLoseNothing(MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "xa_kill_" + version.ordinal());
    int rows = 1 << 16;
    List<ChangeRecord> changes = new ArrayList<>();
    try (BrokerProcess broker = new BrokerProcess(folder, table.schema(), config(mysql))) {
      broker.start().awaitReading();
      prepare(table, "'large'", doublings(table, rows));
      mysql.execute(
          "CREATE TABLE " + table.schema() + ".u (id INT PRIMARY KEY)",
          "INSERT INTO " + table.schema() + ".u VALUES (1)",
          "FLUSH BINARY LOGS");
      try (ChangeReader reader = reader(table.schema())) {
        readUntil(reader, broker, changes, 1);
        broker.kill();
        broker.start().awaitReading();
        mysql.execute("XA COMMIT 'large'");
        for (int kill = 1; kill <= 3; kill++) {
          readUntil(reader, broker, changes, 1 + kill * rows / 8);
          broker.kill();
          broker.start();
        }
        readUntil(reader, broker, changes, 1 + rows);
        assertThat(broker.stop()).isZero();
        reader.readToEnd(LIMIT, changes::add);
      }
      assertThat(broker.allConsoles()).containsPattern("Reading from .*\\(\\+\\d+ rows events");
    }

    assertThat(changes).hasSize(1 + rows);
    table.verify(changes);
  }

  private static String config(MysqlServer mysql) {
    return """
    {"RPCListen":"", "KafkaAddr":["%s"], "SyncAll":true, "AllowPublicKeyRetrieval":true,
     "CommitSize":"16KiB", "CommitMaxSize":"16KiB",
     "MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%d)"}
    """
        .formatted(kafka.bootstrapServers(), mysql.port());
  }

  /** Inserts that double the table's rows up to this number, from id 0 on. */
  private static String[] doublings(NumberTable table, int rows) {
    List<String> statements = new ArrayList<>(List.of(table.insert(0)));
    for (int there = 1; there < rows; there *= 2) {
      statements.add(
          "INSERT INTO %1$s.t SELECT id + %2$d, 1 FROM %1$s.t".formatted(table.schema(), there));
    }
    return statements.toArray(String[]::new);
  }

  private static void readUntil(
      ChangeReader reader, BrokerProcess broker, List<ChangeRecord> changes, int count) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (changes.size() < count) {
      changes.addAll(reader.poll(Duration.ofMillis(50)));
      assertThat(broker.isRunning()).as(broker::console).isTrue();
      assertThat(System.nanoTime()).as("%s of %s", changes.size(), count).isLessThan(limit);
    }
  }

  private static ChangeReader reader(String topic) {
    return ChangeReader.open(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        Set.of(topic),
        ChangeReader.Start.BEGINNING);
  }

  private static void prepare(NumberTable table, String xid, String... changes) {
    List<String> statements = new ArrayList<>(List.of("XA START " + xid));
    statements.addAll(List.of(changes));
    statements.addAll(List.of("XA END " + xid, "XA PREPARE " + xid));
    table.mysql().execute(statements.toArray(String[]::new));
  }

  private static int id(ChangeRecord change) {
    Map<String, JsonNode> row = Objects.requireNonNull(change.change().after());
    return Objects.requireNonNull(row.get("id")).intValue();
  }
}
