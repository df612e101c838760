package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.kafka.record.BatchSize;
import io.binlogbroker.broker.kafka.record.MessageRecords;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.testkit.KafkaServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages near the limits of the producer and of their topic, on a real Kafka. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class MessageSizeIT {
  private static KafkaServer kafka;

  private final KafkaGroup group = new KafkaGroup(kafka);
  private final String topic = group.topic();
  private final KafkaReader reader = new KafkaReader(kafka.bootstrapServers());

  @BeforeAll
  static void use(LiveServers servers) {
    kafka = servers.kafka();
  }

  @Test
  void aMessageAboveTheProducersLimitIsRefusedBeforeItIsSent() {
    try (ChangeSink sink = group.sink(Map.of("max.request.size", "10000"))) {
      sink.open();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.send(group.message("x".repeat(10_000))))
          .withMessageContaining(topic)
          .withMessageContaining("max.request.size")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE));
    }
  }

  @Test
  void aMessageAboveTheTopicsLimitIsUndeliverableAndItsTransactionInvisible() {
    reader.create(topic, 1, Map.of("max.message.bytes", "100000"));
    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.send(group.message("tea"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(
              () -> {
                sink.send(
                    Message.of(topic, "goods".getBytes(UTF_8), incompressible(200_000), null));
                sink.commit(at(200));
              })
          .withMessageContaining("200")
          .withMessageContaining(topic)
          .withMessageContaining("now 100000")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE));
    }
    assertThat(reader.committed(topic)).isEmpty();
  }

  @Test
  void aRowOfFortyMegabytesIsDeliveredIfTheTopicAllowsIt() {
    reader.create(topic, 1, Map.of("max.message.bytes", "50000000"));
    try (ChangeSink sink = group.sink()) {
      sink.open();

      sink.send(Message.of(topic, "goods".getBytes(UTF_8), incompressible(40_000_000), null));
      sink.commit(at(200));

      assertThat(sink.committed()).isEqualTo(at(200));
    }
  }

  @Test
  void theLimitAppliesToCompressedBatches() {
    reader.create(topic, 1, Map.of("max.message.bytes", "100000"));
    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.send(group.message("x".repeat(1_000_000)));
      sink.commit(at(200));
    }
    assertThat(reader.committed(topic)).hasSize(1);
  }

  @Test
  void theSizeOfABatchIsExact() {
    byte[] value = incompressible(150_000);
    ProducerRecord<byte[], byte[]> record =
        new MessageRecords(group.name())
            .of(Message.of(topic, "goods".getBytes(UTF_8), value, null));
    long size = new BatchSize(new KafkaProperties(group.settings(Map.of())).producer()).of(record);
    reader.create(topic, 1, Map.of("max.message.bytes", String.valueOf(size)));
    reader.create(topic + "2", 1, Map.of("max.message.bytes", String.valueOf(size - 1)));
    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.send(Message.of(topic, "goods".getBytes(UTF_8), value, null));
      sink.commit(at(200));

      // Kafka reports the same size.
      Map<String, Object> plain =
          new HashMap<>(new KafkaProperties(group.atLeastOnce()).producer());
      try (Producer<byte[], byte[]> producer = new KafkaProducer<>(plain)) {
        assertThatThrownBy(
                () ->
                    producer
                        .send(
                            new MessageRecords(group.name())
                                .of(Message.of(topic + "2", "goods".getBytes(UTF_8), value, null)))
                        .get())
            .hasRootCauseInstanceOf(RecordTooLargeException.class);
      }
    }
  }

  @Test
  void aRefusedMessageDoesNotPreventTheCommitOfTheRest() {
    try (ChangeSink sink = group.sink(Map.of("max.request.size", "10000"))) {
      sink.open();
      sink.send(group.message("tea"));
      Message large = group.message("x".repeat(10_000));
      assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> sink.send(large));

      sink.commit(at(200));
    }
    assertThat(reader.committed(topic)).containsExactly("tea");
  }

  private static byte[] incompressible(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
