package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.TableLoad;
import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules that are changed while the broker delivers apply exactly from the position that it reports.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class LiveRulesIT {
  private static final String TABLES =
      """
      "Sources":[{"Schema":"live_db","Tables":[
        {"Table":"goods","Topic":"@group.goods"}, {"Table":"stock","Topic":"@group.stock"},
        {"Table":"leaving","Topic":"@group.leaving"}]}],
      """;
  private static final String LEAVING = ",\n  {\"Table\":\"leaving\",\"Topic\":\"@group.leaving\"}";
  private static final String COMING = ", {\"Table\":\"coming\",\"Topic\":\"@group.coming\"}";

  private static MysqlServer mysql;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
    mysql.execute("CREATE DATABASE live_db");
  }

  @BeforeEach
  void createTables() {
    for (String table : TableLoad.TABLES) {
      mysql.execute(
          "DROP TABLE IF EXISTS live_db." + table,
          "CREATE TABLE live_db." + table + " (id INT PRIMARY KEY)");
    }
  }

  @Test
  void tablesAreAddedAndRemovedAtTheReportedPosition() throws Exception {
    String group = "live_rules";
    try (LiveBroker broker = broker(group);
        TableLoad load = new TableLoad(mysql).start()) {
      load.awaitMore(50);
      broker.await(1, group + ".goods");
      String connection = connection();
      broker.edit("]}],", COMING.replace("@group", group) + "]}],");
      RulesStatus came = broker.awaitRules(rules -> rules.appliedRevision() == 2);
      load.awaitMore(50);
      broker.edit(LEAVING.replace("@group", group), "");
      RulesStatus left = broker.awaitRules(rules -> rules.appliedRevision() == 3);
      load.awaitMore(50);
      int last = load.stop();
      assertThat(connection()).isEqualTo(connection);

      List<ChangeRecord> changes =
          broker.stopAfter(
              2 * last, group + ".goods", group + ".stock", group + ".leaving", group + ".coming");

      Map<Integer, ChangeId> places = places(changes, group + ".goods");
      int firstCome = firstBehind(places, came);
      int firstLeft = firstBehind(places, left);
      assertThat(firstCome).isBetween(2, firstLeft);
      assertThat(firstLeft).isLessThan(last);
      assertThat(ids(changes, group + ".goods")).isEqualTo(range(1, last));
      assertThat(ids(changes, group + ".stock")).isEqualTo(range(1, last));
      assertThat(ids(changes, group + ".coming")).isEqualTo(range(firstCome, last));
      assertThat(ids(changes, group + ".leaving")).isEqualTo(range(1, firstLeft - 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "live_broken, `\"Sources\":[`, `\"Sources\":[}`, `line `",
        "live_conn, rep_user:rep_user, rep_user:secret, `MysqlConn: `",
        "live_key, `\"Table\":\"stock\"`, `\"Table\":\"stock\",\"Key\":\"nosuch\"`, nosuch",
      })
  void anInvalidChangeIsRefusedAndDeliveryContinues(
      String group, String from, String to, String reason) throws Exception {
    try (LiveBroker broker = broker(group)) {
      broker.edit(from, to);

      RulesStatus refused = broker.awaitRules(rules -> rules.refusal() != null);

      assertThat(refused.appliedRevision()).isEqualTo(1);
      assertThat(refused.refusedRevision()).isEqualTo(2);
      assertThat(refused.refusal()).contains(reason).doesNotContain("secret");
      mysql.execute("INSERT INTO live_db.goods VALUES (1)");
      assertThat(broker.await(1, group + ".goods")).hasSize(1);

      broker.edit(to, from);
      broker.awaitRules(rules -> rules.refusal() == null && rules.appliedRevision() == 3);
    }
  }

  private static LiveBroker broker(String group) {
    return LiveBroker.with(group, mysql, kafka, TABLES.replace("@group", group)).start();
  }

  /** The server's id of the connection that the latest broker reads from. */
  private static String connection() {
    return mysql.value(
        "SELECT MAX(ID) FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'");
  }

  /** The position of each row of a table in the log: rows of one id are one transaction. */
  private static Map<Integer, ChangeId> places(List<ChangeRecord> changes, String topic) {
    Map<Integer, ChangeId> places = new TreeMap<>();
    changes.stream()
        .filter(change -> change.topic().equals(topic))
        .forEach(change -> places.put(id(change), change.change().source().id()));
    return places;
  }

  private static int firstBehind(Map<Integer, ChangeId> places, RulesStatus rules) {
    BinlogPosition from = Objects.requireNonNull(rules.from());
    ChangeId place = new ChangeId(from.file(), from.offset(), 0);
    return places.entrySet().stream()
        .filter(entry -> entry.getValue().compareTo(place) > 0)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static List<Integer> ids(List<ChangeRecord> changes, String topic) {
    return changes.stream()
        .filter(change -> change.topic().equals(topic))
        .map(LiveRulesIT::id)
        .toList();
  }

  private static int id(ChangeRecord change) {
    return Objects.requireNonNull(change.change().after()).get("id").asInt();
  }

  private static List<Integer> range(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }
}
