package io.binlogbroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.testkit.process.ServerException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class KafkaServerIT {
  @Test
  void keepsItsDataAfterAKill() throws Exception {
    try (KafkaServer kafka = new KafkaServer().start()) {
      sendInTransaction(kafka, "tea");

      kafka.kill();
      kafka.start();

      assertThat(readCommitted(kafka)).containsExactly("tea");
    }
  }

  @Test
  void stopsAndStartsAgain() throws Exception {
    try (KafkaServer kafka = new KafkaServer().start()) {
      sendInTransaction(kafka, "tea");

      kafka.stop();
      assertThat(kafka.isRunning()).isFalse();
      kafka.start();

      sendInTransaction(kafka, "salt");
      assertThat(readCommitted(kafka)).containsExactly("tea", "salt");
    }
  }

  @Test
  void firstStartWithAPortInUseChoosesAnother() throws Exception {
    KafkaServer kafka = new KafkaServer();
    int drawn = kafka.port();
    try (Socket taken = new Socket();
        kafka) {
      // In use but refusing connections, so that nothing waits for a reply.
      taken.bind(new InetSocketAddress("127.0.0.1", drawn));
      kafka.start();
      sendInTransaction(kafka, "tea");

      assertThat(kafka.port()).isNotEqualTo(drawn);
      assertThat(readCommitted(kafka)).containsExactly("tea");
    }
  }

  @Test
  void clientsOfTheProxyStayOnTheProxy() throws Exception {
    try (KafkaServer kafka = new KafkaServer().withProxy().start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.proxiedBootstrapServers()))) {
      Collection<Node> nodes = admin.describeCluster().nodes().get(20, TimeUnit.SECONDS);

      assertThat(nodes).extracting(Node::port).containsExactly(kafka.proxy().port());
    }
  }

  @Test
  void invalidPropertyFailsWithTheBrokersMessage() {
    KafkaServer kafka = new KafkaServer().with("num.partitions", "many");

    assertThatThrownBy(kafka::start)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("num.partitions");
  }

  private static void sendInTransaction(KafkaServer kafka, String value) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "broker");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("mall_db", 0, "goods", value)).get(20, TimeUnit.SECONDS);
      producer.commitTransaction();
    }
  }

  private static List<String> readCommitted(KafkaServer kafka) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("mall_db", 0);
      consumer.assign(List.of(partition));
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(20));
      return records.records(partition).stream().map(ConsumerRecord::value).toList();
    }
  }
}
