package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {
  @TempDir Path state;

  @Test
  void aRowChangeOfMysqlArrivesInKafka() throws Exception {
    try (MysqlServer mysql = MysqlServer.mysql8033().start();
        KafkaServer kafka = new KafkaServer().start()) {
      mysql.execute(
          "CREATE DATABASE mall_db",
          "CREATE TABLE mall_db.goods (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(8,2))");
      mysql.createReplicationUser("rep_user", "rep_user");
      Broker broker = new Broker("db_mall", new ConfigReader().read(config(mysql, kafka), "test"));
      Thread thread = new Thread(broker::run, "relay");
      thread.start();
      awaitStart();
      mysql.execute("INSERT INTO mall_db.goods VALUES (1, '订单', 12.30)");
      mysql.execute("UPDATE mall_db.goods SET price = 13 WHERE id = 1");

      List<String> values = read(kafka, "mall_db", 2);

      broker.stop();
      thread.join(10_000);
      values.forEach(System.err::println);
      assertThat(values).hasSize(2);
    }
  }

  /** The broker stores where it starts before it reads on. */
  private void awaitStart() throws Exception {
    for (int i = 0; i < 600 && !Files.exists(state.resolve("db_mall.position.json")); i++) {
      Thread.sleep(100);
    }
  }

  private String config(MysqlServer mysql, KafkaServer kafka) {
    return """
        {"KafkaAddr":["%s"], "StateDir":"%s", "AllowPublicKeyRetrieval":true,
         "MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%d)", "SyncAll":true}
        """
        .formatted(kafka.bootstrapServers(), state, mysql.port());
  }

  private static List<String> read(KafkaServer kafka, String topic, int count) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "allow.auto.create.topics",
            "false");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(List.of(new TopicPartition(topic, 0)));
      for (int i = 0; i < 10 && values.size() < count; i++) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
