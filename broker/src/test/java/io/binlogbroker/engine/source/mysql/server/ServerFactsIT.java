package io.binlogbroker.engine.source.mysql.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.log.PlaceProbe;
import io.binlogbroker.engine.source.mysql.log.TransactionStarts;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class ServerFactsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Set<String> BETWEEN =
      Set.of(
          "Gtid",
          "Anonymous_Gtid",
          "Previous_gtids",
          "Format_desc",
          "Rotate",
          "Gtid_list",
          "Binlog_checkpoint");

  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  /** SHOW BINLOG EVENTS gives the expected positions. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void aPositionIsDescribedByTheEventThere(MysqlVersion version) throws IOException {
    MysqlServer server = servers.mysql(version);
    server.execute("FLUSH BINARY LOGS");
    write(server, "places_" + version.ordinal());
    String file = server.query("SHOW MASTER STATUS").get(0).get("File");
    server.execute("FLUSH BINARY LOGS");
    PlaceProbe places = new PlaceProbe(options(server, LiveServers.USER, LiveServers.PASSWORD));

    for (Map<String, String> event : server.query("SHOW BINLOG EVENTS IN '" + file + "'")) {
      long begin = Long.parseLong(event.get("Pos"));
      boolean between = BETWEEN.contains(event.get("Event_type"));
      assertThat(places.faultOfStart(new BinlogPosition(file, begin)) == null)
          .as("%s at %d", event.get("Event_type"), begin)
          .isEqualTo(between);
      for (long offset : new long[] {begin + 1, begin + 4, begin + 13, begin + 19}) {
        assertThat(places.fault(new BinlogPosition(file, offset)))
            .as("%s at %d, in %s", file, offset, event.get("Event_type"))
            .isEqualTo("it is inside an event");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void theEndOfAFileAndOfTheLogAreBetweenTransactions(MysqlVersion version) throws IOException {
    MysqlServer server = servers.mysql(version);
    PlaceProbe places = new PlaceProbe(options(server, LiveServers.USER, LiveServers.PASSWORD));
    Map<String, String> ended = server.query("SHOW MASTER STATUS").get(0);
    server.execute("FLUSH BINARY LOGS");
    Map<String, String> size =
        server.query("SHOW BINARY LOGS").stream()
            .filter(log -> log.get("Log_name").equals(ended.get("File")))
            .findFirst()
            .orElseThrow();
    Map<String, String> end = server.query("SHOW MASTER STATUS").get(0);

    assertThat(places.faultOfStart(place(ended))).isNull();
    assertThat(
            places.faultOfStart(
                new BinlogPosition(ended.get("File"), Long.parseLong(size.get("File_size")))))
        .isNull();
    assertThat(places.faultOfStart(place(end))).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void theNearestTransactionsAreFoundFromAnyOffset(MysqlVersion version) throws IOException {
    MysqlServer server = servers.mysql(version);
    server.execute("FLUSH BINARY LOGS");
    write(server, "nearest_" + version.ordinal());
    String file = server.query("SHOW MASTER STATUS").get(0).get("File");
    server.execute("FLUSH BINARY LOGS");
    List<Long> starts =
        server.query("SHOW BINLOG EVENTS IN '" + file + "'").stream()
            .filter(event -> event.get("Event_type").endsWith("Gtid"))
            .map(event -> Long.valueOf(event.get("Pos")))
            .toList();
    TransactionStarts search =
        new TransactionStarts(
            options(server, LiveServers.USER, LiveServers.PASSWORD), System::nanoTime);

    assertThat(starts).hasSizeGreaterThan(4);
    for (int i = 1; i < starts.size(); i++) {
      assertThat(search.around(new BinlogPosition(file, starts.get(i) - 7)))
          .isEqualTo(
              "Nearest transactions: %s:%d before it, %s:%d after it",
              file, starts.get(i - 1), file, starts.get(i));
    }
    assertThat(search.around(new BinlogPosition(file, starts.get(0) - 7)))
        .startsWith("Nearest transactions: none in this file before it");
    assertThat(search.around(new BinlogPosition(file, starts.get(starts.size() - 1) + 7)))
        .endsWith("none in this file after it");
  }

  /** Small and large transactions, DDL, a rollback to a savepoint. */
  private static void write(MysqlServer server, String schema) {
    server.execute(
        "CREATE DATABASE " + schema,
        "USE " + schema,
        "CREATE TABLE t (id INT PRIMARY KEY, note MEDIUMTEXT)",
        "INSERT INTO t VALUES (1, 'a'), (2, REPEAT('b', 100000))",
        "START TRANSACTION",
        "INSERT INTO t VALUES (3, 'c')",
        "UPDATE t SET note = REPEAT('d', 3000)",
        "COMMIT",
        "ALTER TABLE t ADD COLUMN n INT",
        "DELETE FROM t");
  }

  private static BinlogPosition place(Map<String, String> status) {
    return new BinlogPosition(status.get("File"), Long.parseLong(status.get("Position")));
  }

  @Test
  void aPositionOnMariaDbHasTheGtidsBeforeIt() throws IOException {
    try (MysqlServer server = MysqlServer.mariadb114().start()) {
      server.createReplicationUser("rep", "secret");
      try (Session session = Session.open(options(server))) {
        ServerFacts facts = new ServerFacts(session);
        Restart end = facts.end();
        String set = String.valueOf(end.gtidSet());

        assertThat(facts.hasBefore(set, end.place())).isTrue();
        assertThat(facts.hasBefore("0-1-7777", end.place())).isFalse();
        assertThat(facts.hasBefore("0-1-7777", BinlogPosition.startOf("gone.000001"))).isTrue();

        server.execute("FLUSH BINARY LOGS");
        assertThat(facts.hasBefore(set, BinlogPosition.startOf(facts.end().file()))).isTrue();
      }
    }
  }

  private static SessionOptions options(MysqlServer server) {
    return options(server, "rep", "secret");
  }

  private static SessionOptions options(MysqlServer server, String user, String password) {
    return new SessionOptions(
        new ServerAddress("127.0.0.1", server.port(), TIMEOUT, TIMEOUT),
        new Credentials(user, password, true, null),
        new TlsOptions(TlsMode.DISABLED));
  }
}
