package io.binlogbroker.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFailuresTest {
  private final KafkaFailures failures =
      new KafkaFailures(
          new KafkaSettings(
              "db_mall",
              List.of("kafka1:9092"),
              Delivery.EXACTLY_ONCE,
              KafkaSettings.POSITIONS_TOPIC,
              new TopicSettings(4, 1),
              Map.of()));

  @ParameterizedTest
  @MethodSource
  void temporaryFailuresAreRetriableAndNameTheAddresses(Exception failure) {
    DeliveryException translated = failures.of("committing a transaction", failure);

    assertThat(translated.isRetriable()).isTrue();
    assertThat(translated)
        .hasMessageContaining("Kafka at kafka1:9092")
        .hasMessageContaining("while committing a transaction");
  }

  static List<Exception> temporaryFailuresAreRetriableAndNameTheAddresses() {
    return List.of(
        new TimeoutException("Expiring 3 record(s)"),
        new NetworkException(),
        new NotEnoughReplicasException("1 of 2"),
        new TransactionAbortableException("once more"),
        new InvalidReplicationFactorException("3 of 1 brokers"),
        new KafkaException("Something new"),
        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));
  }

  @Test
  void aLaterProducerOfTheGroupIsFatal() {
    for (KafkaException fence :
        List.of(new ProducerFencedException("x"), new InvalidProducerEpochException("x"))) {
      DeliveryException translated =
          failures.of("committing", new KafkaException("error state", fence));

      assertThat(translated.isRetriable()).isFalse();
      assertThat(translated.kind()).isEqualTo(FailureKind.FENCED);
      assertThat(translated).hasMessageContaining("Another process of the group has taken over");
    }
  }

  @Test
  void aRefusedMessageIsUndeliverable() {
    DeliveryException translated =
        failures.of(
            "sending 70 bytes to topic goods", new KafkaException(new RecordTooLargeException()));

    assertThat(translated.isRetriable()).isFalse();
    assertThat(translated.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
    assertThat(translated)
        .hasMessageContaining("sending 70 bytes to topic goods")
        .hasMessageContaining("max.message.bytes");
  }

  @Test
  void aMessageAboveTheProducersLimitNamesBothLimits() {
    DeliveryException translated = failures.tooLarge(new KafkaTopic("goods", 1, 1048588), 200, 100);

    assertThat(translated.kind()).isEqualTo(FailureKind.UNDELIVERABLE);
    assertThat(translated)
        .hasMessageContaining("200 bytes for topic \"goods\"")
        .hasMessageContaining("max.request.size")
        .hasMessageContaining("1048588");
  }

  @Test
  void missingPermissionsAreFatalAndNameTheTopic() {
    DeliveryException translated =
        failures.of("sending", new TopicAuthorizationException("denied", Set.of("goods")));

    assertThat(translated.isRetriable()).isFalse();
    assertThat(translated.kind()).isEqualTo(FailureKind.SINK_ACCESS);
    assertThat(translated)
        .hasMessageContaining("grant this user WRITE")
        .hasMessageContaining("goods");
  }

  @Test
  void aRefusedLoginIsFatal() {
    DeliveryException translated =
        failures.of("starting", new SaslAuthenticationException("bad password"));

    assertThat(translated.isRetriable()).isFalse();
    assertThat(translated.kind()).isEqualTo(FailureKind.SINK_ACCESS);
    assertThat(translated).hasMessageContaining("sasl.*");
  }

  @Test
  void anInvalidConfigurationIsFatal() {
    DeliveryException translated =
        failures.of("starting", new ConfigException("linger.ms", "soon"));

    assertThat(translated.isRetriable()).isFalse();
    assertThat(translated.kind()).isEqualTo(FailureKind.SINK_ACCESS);
  }
}
