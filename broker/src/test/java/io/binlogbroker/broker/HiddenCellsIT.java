package io.binlogbroker.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.TopicRecords;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Values that rules hide or mask are in no message, and tombstones follow deletes, with a real
 * server.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(120)
class HiddenCellsIT {
  private static MysqlServer mysql;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
  }

  @Test
  void hiddenCellsLeaveNoTraceAndDeletesATombstone() throws Exception {
    mysql.execute(
        "CREATE DATABASE hidden",
        "CREATE TABLE hidden.t (id INT PRIMARY KEY, phone VARCHAR(20), card DECIMAL(20),"
            + " doc JSON, n INT)");
    String rules =
        """
        "MaskSalt":"pepper", "Sources":[{"Schema":"hidden", "Tables":[{"Table":"t", "Key":"@pk",
          "Tombstones":true, "Columns":{"exclude":["doc"]}, "Mask":{"phone":"last4","card":"sha256"}}]}],
        """;
    try (LiveBroker broker = LiveBroker.with("hidden", mysql, kafka, rules).start()) {
      mysql.execute(
          "USE hidden",
          "INSERT INTO t VALUES (1, '13800138000', 6222020200112233, '{\"secret\":1}', 1)",
          "SET SESSION binlog_row_image = 'MINIMAL'",
          "UPDATE t SET phone = '13800138999' WHERE id = 1",
          "UPDATE t SET n = 2 WHERE id = 1",
          "UPDATE t SET id = 2 WHERE id = 1",
          "DELETE FROM t WHERE id = 2");
      assertThat(broker.stopAfter(6, "hidden")).hasSize(6);
    }

    List<String> values = values();
    assertThat(values).hasSize(8);
    assertThat(String.join("\n", values))
        .doesNotContain("1380013", "6222020200112233", "secret", "doc")
        .contains("\"phone\":\"*******8000\"", "\"phone\":\"*******8999\"");
    assertThat(values.get(2)).contains("\"after\":{\"n\":2}");
    assertThat(keys()).containsExactly("1", "1", "1", "1", "1", "2", "2", "2");
    assertThat(values.get(4)).isEqualTo("null");
    assertThat(values.get(7)).isEqualTo("null");
  }

  private static List<String> values() {
    return TopicRecords.of(kafka, "hidden").stream().map(HiddenCellsIT::value).toList();
  }

  private static List<String> keys() {
    return TopicRecords.of(kafka, "hidden").stream().map(r -> new String(r.key(), UTF_8)).toList();
  }

  private static String value(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? "null" : new String(record.value(), UTF_8);
  }
}
