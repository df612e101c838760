package io.binlogbroker.cli.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.model.DeliveryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicSurveyTest {
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");

  @Test
  void anUnreachableAdvertisedServerIsReportedWithTheProperty() throws IOException {
    int port = closedPort();
    topic("mall_db", port, 0, 5);

    assertThatThrownBy(() -> survey("mall_db"))
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith(
            "Kafka answers at kafka:9092, but advertises a server at 127.0.0.1:%d, which"
                    .formatted(port)
                + " cannot be reached from this host: java.net.ConnectException")
        .hasMessageContaining("advertised.listeners");
  }

  @Test
  void anUnresolvableNameIsReported() {
    kafka.updatePartitions("mall_db", List.of(info("mall_db", new Node(1, "kafka.invalid", 9092))));

    assertThatThrownBy(() -> survey("mall_db"))
        .hasMessageContaining("advertises a server at kafka.invalid:9092");
  }

  @Test
  void reportsMessagesAndWhatIsAwaited() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      topic("mall_db", server.getLocalPort(), 100, 220);
      topic("social_db", server.getLocalPort(), 7, 7);
      List<String> topics = List.of("mall_db", "social_db", "mal_db");
      TopicSurvey survey = TopicSurvey.of(kafka, "kafka:9092", topics);

      assertThat(survey.lines(topics, false))
          .containsExactly(
              "mall_db contains at most 120 messages; waiting for new ones (--from-beginning also"
                  + " shows those)",
              "social_db is empty; waiting for new messages",
              "There is no topic mal_db at kafka:9092 (the nearest name is mall_db); waiting until"
                  + " it is created");
      assertThat(survey.lines(topics, true)).contains("mall_db contains at most 120 messages");
    }
  }

  @Test
  void partitionsAreAssignedBeforeTheirOffsetsAreRequested() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      topic("mall_db", server.getLocalPort(), 0, 5);

      survey("mall_db");

      assertThat(kafka.assignment()).containsExactly(new TopicPartition("mall_db", 0));
    }
  }

  @Test
  void aKafkaWithoutTopicsIsReported() {
    assertThat(survey("mall_db").lines(List.of("mall_db"), false))
        .containsExactly(
            "There is no topic mall_db at kafka:9092 (Kafka has no topics); waiting until it is"
                + " created");
  }

  private TopicSurvey survey(String topic) {
    return TopicSurvey.of(kafka, "kafka:9092", List.of(topic));
  }

  private void topic(String name, int port, long beginning, long end) {
    kafka.updatePartitions(name, List.of(info(name, new Node(1, "127.0.0.1", port))));
    TopicPartition partition = new TopicPartition(name, 0);
    kafka.updateBeginningOffsets(Map.of(partition, beginning));
    kafka.updateEndOffsets(Map.of(partition, end));
  }

  private static PartitionInfo info(String topic, Node leader) {
    return new PartitionInfo(topic, 0, leader, new Node[] {leader}, new Node[] {leader});
  }

  private static int closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }
}
