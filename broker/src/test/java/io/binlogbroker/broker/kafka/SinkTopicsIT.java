package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.testkit.KafkaServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The topics of the sink and their partitions, on a real Kafka. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class SinkTopicsIT {
  private static KafkaServer kafka;

  private final KafkaGroup group = new KafkaGroup(kafka);
  private final String topic = group.topic();
  private final KafkaReader reader = new KafkaReader(kafka.bootstrapServers());

  @BeforeAll
  static void use(LiveServers servers) {
    kafka = servers.kafka();
  }

  @Test
  void aTopicIsCreatedWithTheDeclaredPartitions() {
    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.send(group.message("tea"));
      sink.commit(at(200));
    }

    assertThat(reader.partitions(topic)).isEqualTo(3);
    assertThat(reader.partitions(KafkaSettings.POSITIONS_TOPIC)).isEqualTo(1);
  }

  @Test
  void announcedTopicsAreCreatedTogetherBeforeTheirFirstMessage() {
    reader.create(topic + "-b", 2, Map.of());
    try (ChangeSink sink = group.sink()) {
      sink.open();

      sink.announce(List.of(topic, topic + "-b", topic + "-c"));

      assertThat(reader.partitions(topic)).isEqualTo(3);
      assertThat(reader.partitions(topic + "-b")).isEqualTo(2);
      assertThat(reader.partitions(topic + "-c")).isEqualTo(3);
    }
  }

  @Test
  void anAnnouncedTopicThatCannotBeCreatedOnlyBlocksItsOwnMessages() {
    String impossible = "no topic's name";
    try (ChangeSink sink = group.sink()) {
      sink.open();

      sink.announce(List.of(impossible, topic));
      sink.send(group.message("tea"));
      sink.commit(at(200));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.send(Message.of(impossible, new byte[] {1}, new byte[] {2}, null)))
          .withMessageContaining(impossible);
    }
    assertThat(reader.committed(topic)).containsExactly("tea");
  }

  @Test
  void anExistingTopicKeepsItsPartitions() {
    reader.create(topic, 2, Map.of());

    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.send(group.message("tea"));
      sink.commit(at(200));
    }

    assertThat(reader.partitions(topic)).isEqualTo(2);
    assertThat(reader.committed(topic)).containsExactly("tea");
  }

  @Test
  void manyPartitionsGetTheirMessagesInOrder() {
    reader.create(topic, 200, Map.of());
    try (ChangeSink sink = group.sink()) {
      sink.open();
      for (int i = 0; i < 4_000; i++) {
        sink.send(
            Message.of(topic, ("k" + i % 50).getBytes(UTF_8), ("v" + i).getBytes(UTF_8), null));
      }
      sink.commit(at(200));
    }
    Map<Integer, List<Integer>> byKey =
        reader.committed(topic).stream()
            .map(value -> Integer.valueOf(value.substring(1)))
            .collect(Collectors.groupingBy(i -> i % 50));
    assertThat(byKey).hasSize(50);
    assertThat(byKey.values()).allSatisfy(values -> assertThat(values).hasSize(80).isSorted());
  }
}
