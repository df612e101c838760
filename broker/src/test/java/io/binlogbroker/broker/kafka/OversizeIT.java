package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.config.OnOversize;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.TopicRecords;
import io.binlogbroker.client.OversizeMessages;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.Destination;
import io.binlogbroker.engine.format.trim.JsonCells;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.testkit.KafkaServer;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that are too large for their topic, on a real Kafka. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class OversizeIT {
  private final Counter trimmed = new Counter();
  private final Counter deadLettered = new Counter();
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static KafkaServer kafka;

  private final String group = "oversize" + TESTS.incrementAndGet();
  private final String topic = "mall_" + group;
  private final KafkaReader reader = new KafkaReader(kafka.bootstrapServers());

  @BeforeAll
  static void use(LiveServers servers) {
    kafka = servers.kafka();
  }

  @BeforeEach
  void makeATopicForSmallMessages() {
    reader.create(topic, 1, Map.of("max.message.bytes", "100000"));
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatIsTooLargeIsSentInPiecesAndReplacedByAMarker(Delivery delivery) {
    byte[] large = incompressible(2_000_000);
    try (ChangeSink sink = sink(delivery, OnOversize.DEAD_LETTER)) {
      sink.open();
      sink.send(message("before"));
      sink.send(Message.of(topic, "goods".getBytes(UTF_8), large, null));
      sink.send(message("behind"));
      sink.commit(at(200));
      sink.flush();
    }

    assertThat(deadLettered.get()).isEqualTo(1);
    assertThat(reader.committed(topic)).containsExactly("before", "", "behind");
    assertThat(reader.committed(topic + ".oversize")).hasSize(3);
    ConsumerRecord<byte[], byte[]> marker = TopicRecords.of(kafka, topic).get(1);
    Map<String, String> kafkaAt = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (OversizeMessages oversize = OversizeMessages.of(kafkaAt)) {
      assertThat(marker.key()).isEqualTo("goods".getBytes(UTF_8));
      assertThat(oversize.whole(marker).value()).isEqualTo(large);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatIsTooLargeIsSentWithoutItsLargestColumns(Delivery delivery) throws IOException {
    try (ChangeSink sink = sink(delivery, OnOversize.TRIM)) {
      sink.open();
      sink.send(message("before"));
      sink.send(message(row(150_000, 30_000, 90_000)));
      sink.send(message("behind"));
      sink.commit(at(200));
      sink.flush();
    }

    List<ConsumerRecord<byte[], byte[]>> records = TopicRecords.of(kafka, topic);
    assertThat(records).hasSize(3);
    assertThat(trimmed.get()).isEqualTo(1);
    assertThat(records.get(1).key()).isEqualTo("goods".getBytes(UTF_8));
    assertThat(records.get(1).headers().lastHeader("bb.trimmed").value())
        .isEqualTo("[\"a\",\"c\"]".getBytes(UTF_8));
    JsonNode after = JSON.readTree(records.get(1).value()).get("after");
    assertThat(after.fieldNames()).toIterable().containsExactly("id", "b");
    assertThat(after.get("b").textValue()).hasSize(30_000);
    assertThat(records.get(2).headers().lastHeader("bb.trimmed")).isNull();
  }

  @Test
  void manySmallColumnsAreNotRemoved() {
    int[] small = new Random(1).ints(20, 10_000, 12_000).toArray();
    try (ChangeSink sink = sink(Delivery.EXACTLY_ONCE, OnOversize.TRIM)) {
      sink.open();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.send(message(row(small))))
          .withMessageContaining(topic)
          .extracting(DeliveryException::kind)
          .isEqualTo(FailureKind.UNDELIVERABLE);
    }
  }

  private ChangeSink sink(Delivery delivery, OnOversize onOversize) {
    KafkaSettings settings =
        new KafkaSettings(
            group,
            List.of(kafka.bootstrapServers()),
            delivery,
            KafkaSettings.POSITIONS_TOPIC,
            new TopicSettings(3, 1),
            onOversize,
            Map.of());
    return new KafkaChangeSink(
        settings, Clock.systemUTC(), new SinkMetrics(trimmed, deadLettered, position -> {}));
  }

  private Message message(String value) {
    Destination to = new Destination(topic, JsonCells::of);
    return new Message(Address.of(to, "goods".getBytes(UTF_8), null), value.getBytes(UTF_8));
  }

  /** An insert with columns a, b, c ... of so many characters that hardly compress. */
  private static String row(int... sizes) {
    StringBuilder row = new StringBuilder("{\"op\":\"c\",\"before\":null,\"after\":{\"id\":1");
    for (int i = 0; i < sizes.length; i++) {
      String text = Base64.getEncoder().encodeToString(incompressible(sizes[i]));
      row.append(",\"%c\":\"%s\"".formatted('a' + i, text.substring(0, sizes[i])));
    }
    return row + "}}";
  }

  private static byte[] incompressible(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
