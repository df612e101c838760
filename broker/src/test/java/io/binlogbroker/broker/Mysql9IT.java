package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Features that only MySQL 9 has. Its packages are in Debian's unstable release, so this test runs
 * only on request: see CONTRIBUTING.md.
 */
@Tag("mysql9")
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class Mysql9IT {
  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @Test
  void everyValueArrivesAsSelectShowsIt() throws Exception {
    AllTypesIT.assertEveryValueArrives(servers, MysqlVersion.MYSQL_9);
  }

  @Test
  void aRestartContinuesExactlyAfterTransactionsWithTags() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_9);
    ContinuationIT.switchGtidsOn(mysql);
    mysql.execute("CREATE DATABASE tag_db", "CREATE TABLE tag_db.t (id INT PRIMARY KEY, n INT)");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll("tag", mysql, servers.kafka())) {
      mysql.execute("SET gtid_next = 'AUTOMATIC:batch'", "INSERT INTO tag_db.t VALUES (1, 1)");
      broker.stopAfter(1, "tag_db");
      mysql.execute(
          "INSERT INTO tag_db.t VALUES (2, 1)",
          "SET gtid_next = 'AUTOMATIC:batch'",
          "INSERT INTO tag_db.t VALUES (3, 1)",
          "SET gtid_next = 'AUTOMATIC:other'",
          "UPDATE tag_db.t SET n = 2");
      changes = broker.start().stopAfter(6, "tag_db");
    } finally {
      ContinuationIT.switchGtidsOff(mysql);
    }

    String server = mysql.value("SELECT @@server_uuid");
    assertThat(changes)
        .extracting(c -> String.valueOf(c.change().source().gtid()).replaceFirst(":\\d+$", ""))
        .containsExactly(
            server + ":batch",
            server,
            server + ":batch",
            server + ":other",
            server + ":other",
            server + ":other");
  }

  @Test
  void vectorsArriveAsTheyAre() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_9);
    mysql.execute(
        "CREATE DATABASE vector_db",
        "CREATE TABLE vector_db.t (id INT PRIMARY KEY, v VECTOR(3), text VARCHAR(20))");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll("vector", mysql, servers.kafka())) {
      mysql.execute(
          "INSERT INTO vector_db.t VALUES (1, TO_VECTOR('[1, -2.5, 3e38]'), 'é'), (2, NULL, NULL)");
      changes = broker.stopAfter(2, "vector_db");
    }

    assertThat(changes)
        .extracting(c -> String.valueOf(c.change().after()))
        .containsExactly("{id=1, v=[1.0,-2.5,3.0E+38], text=\"é\"}", "{id=2, v=null, text=null}");
  }
}
