package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.LiveTopics;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.ChangeRecord.Half;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The configured tables are delivered to their topics, and nothing else is. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class RoutingIT {
  private static final String SEED =
      """
      {"BrokerConfig":
        {
              "LogDir":"./log/",
              "LogFile":"binlogbroker.log",
              "StateDir":"@state",
              "KafkaAddr":["@kafka"],
              "RPCListen":"127.0.0.1:0"
          },
      "SourceConfig":
        {
              -- 数据库连接
              "MysqlConn":"rep_user:rep_user@tcp(@mysql)",
              //当table为空时，是否同步全部表的数据
              "SyncAll":false,
              //数据源
              "Sources":[
                  {
                      //数据库名
                      "Schema":"mall_db",
                      //数据库里对应的表，如果未配置topic和key， kafka默认topic为schema name，key为table name
                      "Tables":[
                          {
                              "Table":"goods"
                          },
                          {
                              //表
                              "Table":"package",
                              //该表的数据投递到kafka的主题名
                              "Topic":"mytopic",
                              //投递到kafka时，对应的partition key名, 比如 order_id
                              "Key":"usr_id"
                          }
                      ]
                  },
                  {
                      //如果 SyncAll为true, 则social_db所有数据都会同步
                      "Schema":"social_db",
                      "Tables":[
                      ]
                  }
              ]
          }
      }
      """;

  private static MysqlServer mysql;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
    mysql.execute(
        "CREATE DATABASE mall_db",
        "CREATE TABLE mall_db.goods (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(8,2))",
        "CREATE TABLE mall_db.package (id INT PRIMARY KEY, usr_id BIGINT, note TEXT)",
        "CREATE TABLE mall_db.stock (id INT PRIMARY KEY)",
        "CREATE DATABASE social_db",
        "CREATE TABLE social_db.post (id INT PRIMARY KEY)",
        "CREATE DATABASE shop_db",
        "CREATE TABLE shop_db.stock (id INT PRIMARY KEY)",
        "CREATE DATABASE club_db",
        "CREATE TABLE club_db.post (id INT PRIMARY KEY)",
        "CREATE DATABASE secret_db",
        "CREATE TABLE secret_db.diary (id INT PRIMARY KEY)");
  }

  @Test
  void theOriginalReadmesConfigurationDeliversGoodsAndPackages() throws Exception {
    List<ChangeRecord> changes;
    try (LiveBroker broker = new LiveBroker("seed", mysql, kafka, SEED).start()) {
      mysql.execute(
          "INSERT INTO mall_db.goods VALUES (1, '订单', 12.30)",
          "INSERT INTO mall_db.stock VALUES (1)",
          "INSERT INTO social_db.post VALUES (1)",
          "INSERT INTO mall_db.package VALUES (1, 7, 'x'), (2, NULL, 'y')",
          "UPDATE mall_db.package SET note = 'z' WHERE id = 1",
          "UPDATE mall_db.package SET usr_id = 8 WHERE id = 1",
          "DELETE FROM mall_db.package WHERE id = 1");
      changes = broker.stopAfter(7, "mall_db", "mytopic");
    }

    assertThat(of(changes, "mall_db"))
        .singleElement()
        .satisfies(goods -> assertThat(goods.key()).isEqualTo("goods"));
    List<ChangeRecord> packages = of(changes, "mytopic");
    assertThat(packages)
        .extracting(ChangeRecord::key)
        .containsExactly("7", "package", "7", "7", "8", "8");
    assertThat(packages)
        .extracting(change -> change.change().operation())
        .containsExactly(
            Operation.INSERT,
            Operation.INSERT,
            Operation.UPDATE,
            Operation.DELETE,
            Operation.INSERT,
            Operation.DELETE);
    assertThat(packages)
        .extracting(ChangeRecord::half)
        .containsExactly(null, null, null, Half.LEAVES, Half.ARRIVES, null);
    assertThat(packages.get(3).otherKey()).isEqualTo("8");
    assertThat(packages.get(4).otherKey()).isEqualTo("7");
    assertThat(new LiveTopics(kafka).names()).doesNotContain("social_db");
  }

  @Test
  void syncAllDeliversAllOthersExceptBlackListAndSystemSchemas() throws Exception {
    String all =
        SEED.replace("\"SyncAll\":false", "\"SyncAll\":true, \"BlackList\":[\"secret_.*\"]")
            .replace("\"RPCListen\"", "\"Partitions\":3, \"RPCListen\"")
            .replace("mall_db", "shop_db")
            .replace("social_db", "club_db");
    String zone = "(Name, Time_zone_id) VALUES ('Test/Zone', 99999)";
    List<ChangeRecord> changes;
    try (LiveBroker broker = new LiveBroker("all", mysql, kafka, all).start()) {
      mysql.execute(
          "INSERT INTO shop_db.stock VALUES (2)",
          "INSERT INTO secret_db.diary VALUES (2)",
          "INSERT INTO mysql.time_zone_name " + zone,
          "CREATE DATABASE another_db",
          "CREATE TABLE another_db.goods (id INT PRIMARY KEY)",
          "INSERT INTO another_db.goods VALUES (2)",
          "INSERT INTO club_db.post VALUES (2)");
      changes = broker.stopAfter(2, "another_db", "club_db");
    }

    assertThat(changes)
        .extracting(ChangeRecord::topic)
        .containsExactlyInAnyOrder("another_db", "club_db");
    LiveTopics topics = new LiveTopics(kafka);
    assertThat(topics.names()).doesNotContain("shop_db", "secret_db", "mysql");
    assertThat(topics.partitions("club_db")).isEqualTo(3);
    assertThat(topics.partitions("another_db")).isEqualTo(3);
  }

  @Test
  void tablesMayChangeWhileTheyAreDelivered() throws Exception {
    mysql.execute(
        "CREATE DATABASE ddl_db",
        "CREATE TABLE ddl_db.a (id INT PRIMARY KEY, name VARCHAR(20))",
        "INSERT INTO ddl_db.a VALUES (1, 'before')");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll("ddl", mysql, kafka)) {
      mysql.execute(
          "INSERT INTO ddl_db.a VALUES (2, 'x')",
          "ALTER TABLE ddl_db.a ADD COLUMN price DECIMAL(8,2) FIRST, MODIFY name TEXT",
          "INSERT INTO ddl_db.a VALUES (1.5, 3, 'y')",
          "TRUNCATE TABLE ddl_db.a",
          "RENAME TABLE ddl_db.a TO ddl_db.b",
          "INSERT INTO ddl_db.b VALUES (NULL, 4, 'z')",
          "CREATE TABLE ddl_db.a (id BIGINT UNSIGNED PRIMARY KEY)",
          "INSERT INTO ddl_db.a VALUES (18446744073709551615)",
          "DROP TABLE ddl_db.a",
          "CREATE TABLE ddl_db.a AS SELECT 5 AS five",
          "INSERT INTO ddl_db.b VALUES (NULL, 5, 'end')");
      changes = broker.stopAfter(6, "ddl_db");
    }

    assertThat(changes)
        .extracting(ChangeRecord::change)
        .extracting(RoutingIT::line)
        .containsExactly(
            "a {id=2, name=\"x\"}",
            "a {price=\"1.50\", id=3, name=\"y\"}",
            "b {price=null, id=4, name=\"z\"}",
            "a {id=18446744073709551615}",
            "a {five=5}",
            "b {price=null, id=5, name=\"end\"}");
  }

  private static String line(RowChange change) {
    return change.source().table().table() + " " + Objects.requireNonNull(change.after());
  }

  private static List<ChangeRecord> of(List<ChangeRecord> changes, String topic) {
    return changes.stream().filter(change -> change.topic().equals(topic)).toList();
  }
}
