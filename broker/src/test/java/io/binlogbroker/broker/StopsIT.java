package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.NumberTable;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of real servers that cannot be delivered exactly stop the broker, again at each start,
 * with the message in docs/troubleshooting.md; complete transactions before them are delivered.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class StopsIT {
  private static final Logger log = LoggerFactory.getLogger(StopsIT.class);

  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  /** MySQL 8.0 does not log rows that are rolled back. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MARIADB_11_4"})
  void aRollbackOfRowsThatWereCommittedToKafka(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "late_rollback_" + version.ordinal());
    String small = "\"SyncAll\":true, \"CommitSize\":\"64KiB\", \"CommitMaxSize\":\"64KiB\",";
    try (LiveBroker broker = LiveBroker.with(table.schema(), mysql, kafka, small).start()) {
      mysql.execute(
          "USE " + table.schema(),
          table.insert(0),
          "BEGIN",
          "CREATE TEMPORARY TABLE tmp (id INT)",
          table.insert(IntStream.rangeClosed(1, 2_000).toArray()),
          "DROP TEMPORARY TABLE tmp",
          "ROLLBACK");

      assertStops(
          broker,
          FailureKind.UNDELIVERABLE,
          "The transaction at binlog.",
          " was rolled back, completely or to a savepoint, after some of its rows had been"
              + " delivered, which cannot be undone. Compare its tables with their topics");
      assertThat(broker.stopAfter(2, table.schema())).hasSizeBetween(2, 2_001);
    }
  }

  /** MySQL 8.0 does not log these rows or their ROLLBACK. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MARIADB_11_4"})
  void aRollbackOfAPartOfAnXaTransaction(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "xa_savepoint_" + version.ordinal());
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(
          "USE " + table.schema(),
          table.insert(1),
          "CREATE TEMPORARY TABLE tmp (id INT)",
          "XA START 'undone'",
          table.insert(2),
          "SAVEPOINT a",
          table.insert(3),
          "DROP TEMPORARY TABLE tmp",
          "ROLLBACK TO a",
          "XA END 'undone'",
          "XA PREPARE 'undone'",
          "XA COMMIT 'undone'");

      assertStops(
          broker,
          FailureKind.SOURCE_DATA,
          "A ROLLBACK TO SAVEPOINT undoes an unknown part of the rows of ",
          ", at binlog.");
      assertThat(ids(broker.stopAfter(1, table.schema()))).containsExactly(1);
    }
  }

  /**
   * A MyISAM statement that exceeds the binary log statement cache is applied to the table in part.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void rowsThatTheServerCouldNotLog(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    NumberTable table = NumberTable.create(mysql, "incident_" + version.ordinal(), "MyISAM");
    String most = mysql.value("SELECT @@max_binlog_stmt_cache_size");
    try (LiveBroker broker = LiveBroker.ofAll(table.schema(), mysql, kafka)) {
      mysql.execute(table.insert(0), "SET GLOBAL max_binlog_stmt_cache_size = 4096");
      assertThatThrownBy(() -> mysql.execute(table.insert(IntStream.range(1, 20_000).toArray())))
          .hasMessageContaining("max_binlog_stmt_cache_size");

      assertStops(
          broker,
          FailureKind.SOURCE_DATA,
          "The server reports a gap in its log (INCIDENT event) at binlog.",
          ": changes are missing. Copy the tables again");
      assertThat(ids(broker.stopAfter(1, table.schema()))).containsExactly(0);
    } finally {
      mysql.execute("SET GLOBAL max_binlog_stmt_cache_size = " + most);
    }
  }

  /** MySQL truncates its log before such a group when it restarts. */
  @Test
  void aCrashWithinAChangeOfATableWithoutTransactions() throws Exception {
    try (MysqlServer mysql = MysqlServer.mariadb114().start()) {
      mysql.createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
      NumberTable table = NumberTable.create(mysql, "crashed", "MyISAM");
      try (LiveBroker broker = LiveBroker.ofAll("crashed", mysql, kafka)) {
        mysql.execute(table.insert(0));
        broker.stopAfter(1, "crashed");
        mysql.execute(table.insert(IntStream.range(1, 5_000).toArray()));
        loseTheEnd(mysql);

        assertStops(
            broker,
            FailureKind.SOURCE_DATA,
            "The transaction at binlog.000001:",
            " has no end before binlog.000002:4: the server crashed while writing it, and"
                + " crashed.t does not use a transactional engine.");
        assertThat(ids(broker.stopAfter(1, "crashed"))).containsExactly(0);
      }
    }
  }

  /** Simulates a crash of the host: the last rows of the latest group have not reached the disk. */
  private static void loseTheEnd(MysqlServer mysql) throws IOException {
    long end =
        mysql.query("SHOW BINLOG EVENTS").stream()
            .filter(event -> ("" + event.get("Event_type")).startsWith("Write_rows"))
            .mapToLong(event -> Long.parseLong("" + event.get("Pos")))
            .max()
            .orElseThrow();
    mysql.kill();
    try (FileChannel file =
        FileChannel.open(mysql.dataFolder().resolve("binlog.000001"), StandardOpenOption.WRITE)) {
      file.truncate(end);
    }
    mysql.start();
  }

  private static void assertStops(LiveBroker broker, FailureKind code, String start, String more) {
    DeliveryException first = broker.isRunning() ? broker.failure() : broker.fail();

    log.info("Seen: {} {}", first.kind(), first.getMessage());
    assertThat(first.kind()).isEqualTo(code);
    assertThat(first).hasMessageStartingWith(start).hasMessageContaining(more);
    assertThat(broker.fail()).hasMessage(first.getMessage());
  }

  private static List<Integer> ids(List<ChangeRecord> changes) {
    return changes.stream().map(change -> change.change().after().get("id").intValue()).toList();
  }
}
