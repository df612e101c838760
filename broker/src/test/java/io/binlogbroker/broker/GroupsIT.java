package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.NumberTable;
import io.binlogbroker.broker.fixture.StatementFormat;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Event groups other than plain transactions; the topics must equal the tables. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class GroupsIT {
  private static final String LOADS = "?allowPublicKeyRetrieval=true&allowLocalInfile=true";

  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void rowsThatWereRolledBackAreNotDelivered(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = withMyisam(mysql, "undone_" + version.ordinal());
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(
          "USE " + table.schema(),
          "BEGIN",
          "INSERT INTO t VALUES (1, 1)",
          "CREATE TEMPORARY TABLE tmp (id INT)",
          "DROP TEMPORARY TABLE tmp",
          "ROLLBACK",
          "BEGIN",
          "INSERT INTO t VALUES (2, 1)",
          "SAVEPOINT a",
          "INSERT INTO t VALUES (3, 1)",
          "INSERT INTO m VALUES (3, 1)",
          "ROLLBACK TO a",
          "INSERT INTO t VALUES (4, 1)",
          "COMMIT",
          "BEGIN",
          "INSERT INTO t VALUES (5, 1)",
          "INSERT INTO m VALUES (5, 1)",
          "ROLLBACK",
          "INSERT INTO t VALUES (6, 1)");
      changes = broker.stopAfter(5, table.schema());
    }

    assertThat(changes).hasSize(5);
    table.verify(changes);
    table.verify(changes, "m");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aLargeRolledBackTransactionIsSkipped(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "undone_large_" + version.ordinal());
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(
          "USE " + table.schema(),
          "INSERT INTO t VALUES (0, 1)",
          "BEGIN",
          "CREATE TEMPORARY TABLE tmp (id INT)",
          "INSERT INTO t SELECT id + 1, 2 FROM t",
          "INSERT INTO t SELECT id + 2, 2 FROM t",
          "INSERT INTO t SELECT id + 4, 2 FROM t",
          "INSERT INTO t SELECT id + 8, 2 FROM t",
          "INSERT INTO t SELECT id + 16, 2 FROM t",
          "INSERT INTO t SELECT id + 32, 2 FROM t",
          "INSERT INTO t SELECT id + 64, 2 FROM t",
          "INSERT INTO t SELECT id + 128, 2 FROM t",
          "INSERT INTO t SELECT id + 256, 2 FROM t",
          "INSERT INTO t SELECT id + 512, 2 FROM t",
          "DROP TEMPORARY TABLE tmp",
          "ROLLBACK",
          "INSERT INTO t VALUES (7, 7)");
      changes = broker.stopAfter(2, table.schema());
    }

    assertThat(changes).hasSize(2);
    table.verify(changes);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void rowsOfLoadDataArriveAsRows(MysqlVersion version, @TempDir Path folder) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = withMyisam(mysql, "load_" + version.ordinal());
    Path file = Files.writeString(folder.resolve("rows.csv"), "1,10\n2,20\n3,30\n");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute("SET GLOBAL local_infile = ON");
      try (Connection connection =
              DriverManager.getConnection(mysql.jdbcUrl() + LOADS, "root", "");
          Statement statement = connection.createStatement()) {
        for (String into : List.of("t", "m")) {
          statement.execute(
              "LOAD DATA LOCAL INFILE '%s' INTO TABLE %s.%s FIELDS TERMINATED BY ','"
                  .formatted(file, table.schema(), into));
        }
      }
      changes = broker.stopAfter(6, table.schema());
    }

    assertThat(changes).hasSize(6);
    table.verify(changes);
    table.verify(changes, "m");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void rowsOfBothEnginesTriggersAndCreateTableSelectArrive(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = withMyisam(mysql, "mixed_" + version.ordinal());
    mysql.execute(
        "USE " + table.schema(),
        "CREATE TABLE trigger_t (id INT PRIMARY KEY, n INT)",
        "CREATE TRIGGER tg AFTER INSERT ON trigger_t FOR EACH ROW"
            + " INSERT INTO m VALUES (NEW.id + 100, 9)");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(
          "USE " + table.schema(),
          "BEGIN",
          "INSERT INTO t VALUES (1, 1)",
          "INSERT INTO m VALUES (1, 1)",
          "INSERT INTO trigger_t VALUES (1, 1)",
          "UPDATE t, m SET t.n = 2, m.n = 2 WHERE t.id = 1 AND m.id = 1",
          "COMMIT",
          "BEGIN",
          "INSERT INTO trigger_t VALUES (2, 1)",
          "ROLLBACK",
          "CREATE TABLE c AS SELECT * FROM m",
          "CREATE TABLE c_my ENGINE=MyISAM AS SELECT * FROM t",
          "INSERT INTO t VALUES (9, 9)");
      changes = broker.stopAfter(12, table.schema());
    }

    assertThat(changes).hasSize(12);
    for (String name : List.of("t", "m", "trigger_t", "c", "c_my")) {
      table.verify(changes, name);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aChangeInStatementFormatStopsTheBroker(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "statement_" + version.ordinal());
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(
          "SET SESSION binlog_format = 'STATEMENT'",
          "UPDATE " + table.schema() + ".t SET n = 2",
          table.insert(1));
      DeliveryException e = broker.failure();

      assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
      assertThat(e)
          .hasMessageStartingWith("A change in statement format (")
          .hasMessageContaining("OnStatementEvent");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aChangeInStatementFormatIsSkippedIfConfigured(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "left_out_" + version.ordinal());
    String more = "\"SyncAll\":true, \"OnStatementEvent\":\"warn\",";
    try (LiveBroker broker = LiveBroker.with(table.schema(), mysql, kafka, more).start()) {
      mysql.execute("SET SESSION binlog_format = 'STATEMENT'", table.insert(1));
      mysql.execute(table.insert(2));
      List<ChangeRecord> changes = broker.stopAfter(1, table.schema());

      assertThat(changes)
          .extracting(ChangeRecord::change)
          .extracting(GroupsIT::id)
          .containsExactly(2);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void noChangeInStatementFormatIsMissed(MysqlVersion version, @TempDir Path folder)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    StatementFormat format = new StatementFormat(mysql, "missed_" + version.ordinal());
    format.create();
    String rules =
        "\"OnStatementEvent\":\"warn\", \"Sources\":[{\"Schema\":\"%s\","
            + " \"Tables\":[{\"Table\":\".*\"}]}],";
    try (LiveBroker broker =
        LiveBroker.with(format.schema(), mysql, kafka, rules.formatted(format.schema())).start()) {
      format.changeNothing();
      int changes = format.changeDelivered() + format.loadData(folder) + format.changeOthers();
      mysql.execute("INSERT INTO " + format.schema() + ".t VALUES (1000, 1)");

      assertThat(broker.await(1, format.schema()))
          .extracting(ChangeRecord::change)
          .extracting(GroupsIT::id)
          .containsExactly(1000);
      assertThat(broker.statementEvents()).isEqualTo(changes);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void changesMadeByAForeignKeyAreNotInTheLog(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "foreign_" + version.ordinal());
    mysql.execute(
        "USE " + table.schema(),
        "CREATE TABLE child (id INT PRIMARY KEY, n INT,"
            + " FOREIGN KEY (n) REFERENCES t (id) ON DELETE CASCADE) ENGINE=InnoDB");
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(
          "USE " + table.schema(),
          "INSERT INTO t VALUES (1, 1)",
          "INSERT INTO child VALUES (1, 1)",
          "DELETE FROM t",
          "INSERT INTO t VALUES (2, 1)");
      List<ChangeRecord> changes = broker.stopAfter(4, table.schema());

      assertThat(changes)
          .extracting(change -> change.change().operation() + " " + name(change))
          .containsExactly("INSERT t", "INSERT child", "DELETE t", "INSERT t");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MARIADB_10_11"})
  void sequencesVersionedTablesAndTwoPhaseAltersArriveAsTheLogHasThem(MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "special_" + version.ordinal());
    mysql.execute(
        "USE " + table.schema(),
        "CREATE SEQUENCE s CACHE 2",
        "CREATE TABLE v (id INT PRIMARY KEY, n INT) WITH SYSTEM VERSIONING");
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(
          "USE " + table.schema(),
          "INSERT INTO t VALUES (NEXTVAL(s), 1)",
          "INSERT INTO v VALUES (1, 1)",
          "UPDATE v SET n = 2",
          "DELETE FROM v",
          "SET SESSION binlog_alter_two_phase = 1",
          "ALTER TABLE t ADD COLUMN w INT",
          "INSERT INTO t VALUES (9, 9, 9)");
      List<ChangeRecord> changes = broker.stopAfter(7, table.schema());

      assertThat(changes)
          .extracting(change -> change.change().operation() + " " + name(change))
          .containsExactly(
              "INSERT s", "INSERT t", "INSERT v", "UPDATE v", "INSERT v", "UPDATE v", "INSERT t");
      assertThat(changes.get(2).change().after()).containsKeys("row_start", "row_end");
      assertThat(changes.get(6).change().after()).containsKey("w");
    }
  }

  private static String name(ChangeRecord change) {
    return change.change().source().table().table();
  }

  private static NumberTable withMyisam(MysqlServer mysql, String schema) {
    NumberTable table = NumberTable.create(mysql, schema);
    mysql.execute("CREATE TABLE " + schema + ".m (id INT PRIMARY KEY, n INT) ENGINE=MyISAM");
    return table;
  }

  private static int id(RowChange change) {
    return Objects.requireNonNull(Objects.requireNonNull(change.after()).get("id")).intValue();
  }
}
