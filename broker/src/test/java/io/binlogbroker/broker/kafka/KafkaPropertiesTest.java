package io.binlogbroker.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaPropertiesTest {
  @Test
  void exactlyOnceProducesUnderTheGroupsTransactionalIds() {
    List<Map<String, Object>> producers =
        properties(Delivery.EXACTLY_ONCE, Map.of()).transactionalProducers();

    assertThat(producers)
        .extracting(producer -> producer.get("transactional.id"))
        .containsExactly("binlogbroker-db_mall", "binlogbroker-db_mall/2");
    assertThat(producers)
        .allSatisfy(
            producer ->
                assertThat(producer)
                    .containsEntry("enable.idempotence", "true")
                    .containsEntry("acks", "all")
                    .containsEntry("bootstrap.servers", "kafka1:9092,kafka2:9092"));
  }

  @Test
  void atLeastOnceIsIdempotentWithoutTransactions() {
    Map<String, Object> producer = properties(Delivery.AT_LEAST_ONCE, Map.of()).producer();

    assertThat(producer).containsEntry("enable.idempotence", "true").containsEntry("acks", "all");
    assertThat(producer).doesNotContainKey("transactional.id");
  }

  @Test
  void messagesLingerLongerWithTransactions() {
    assertThat(properties(Delivery.EXACTLY_ONCE, Map.of()).producer())
        .containsEntry("linger.ms", "100");
    assertThat(properties(Delivery.AT_LEAST_ONCE, Map.of()).producer())
        .containsEntry("linger.ms", "5");
    assertThat(properties(Delivery.EXACTLY_ONCE, Map.of("linger.ms", "0")).producer())
        .containsEntry("linger.ms", "0");
  }

  @Test
  void theUsersPropertiesOverrideOurs() {
    KafkaProperties properties =
        properties(
            Delivery.EXACTLY_ONCE,
            Map.of("compression.type", "zstd", "transaction.timeout.ms", "120000"));

    assertThat(properties.producer()).containsEntry("compression.type", "zstd");
    assertThat(properties.transactionTimeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void theLargestMessageIsLimitedByRequestAndBuffer() {
    assertThat(properties(Delivery.EXACTLY_ONCE, Map.of()).largestMessage()).isEqualTo(64L << 20);
    assertThat(
            properties(Delivery.EXACTLY_ONCE, Map.of("max.request.size", "1000")).largestMessage())
        .isEqualTo(1000);
  }

  @Test
  void adminAndConsumerGetOnlyConnectionProperties() {
    KafkaProperties properties =
        properties(
            Delivery.EXACTLY_ONCE, Map.of("sasl.mechanism", "SCRAM-SHA-512", "linger.ms", "50"));

    for (Map<String, Object> other :
        List.of(properties.consumer(), properties.admin(Duration.ofSeconds(10)))) {
      assertThat(other)
          .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
          .containsKey("bootstrap.servers")
          .doesNotContainKeys("linger.ms", "transactional.id");
    }
  }

  @Test
  void theDefaultPropertiesHaveNoFault() {
    assertThat(KafkaProperties.faults(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks",
        "enable.idempotence",
        "transactional.id",
        "key.serializer",
        "partitioner.ignore.keys",
        "bootstrap.servers"
      })
  void propertiesThatExactlyOnceRequiresCannotBeSet(String name) {
    assertThat(KafkaProperties.faults(Map.of(name, "x")))
        .singleElement()
        .asString()
        .startsWith("\"" + name + "\" cannot be set: ");
  }

  @Test
  void anUnknownNameIsReportedWithTheNearestOne() {
    assertThat(KafkaProperties.faults(Map.of("compresion.type", "lz4")))
        .containsExactly(
            "\"compresion.type\" is not a property of Kafka's producer; the nearest is"
                + " \"compression.type\"");
  }

  @Test
  void allUnknownNamesAreReportedAtOnce() {
    assertThat(KafkaProperties.faults(Map.of("acks", "1", "lingerms", "5"))).hasSize(2);
  }

  @Test
  void namesOfPlugInsAreAccepted() {
    assertThat(
            KafkaProperties.faults(
                Map.of("sasl.my.login", "x", "ssl.my.engine", "y", "interceptor.mine", "z")))
        .isEmpty();
  }

  @Test
  void aValueKafkaRefusesIsAFault() {
    assertThat(KafkaProperties.faults(Map.of("linger.ms", "soon")))
        .singleElement()
        .asString()
        .isEqualTo(
            "\"linger.ms\": Kafka's producer does not accept this value; expected LONG, [0,...]");
    assertThat(KafkaProperties.faults(Map.of("security.protocol", "hunter2")))
        .singleElement()
        .asString()
        .startsWith("\"security.protocol\": Kafka's producer does not accept this value")
        .doesNotContain("hunter2");
  }

  @Test
  void moreThanFiveRequestsInFlightAreAFault() {
    assertThat(KafkaProperties.faults(Map.of("max.in.flight.requests.per.connection", "6")))
        .singleElement()
        .asString()
        .contains("max.in.flight.requests.per.connection");
  }

  @Test
  void aDeliveryTimeoutShorterThanOneRequestIsAFault() {
    assertThat(KafkaProperties.faults(Map.of("delivery.timeout.ms", "1000")))
        .singleElement()
        .asString()
        .startsWith("\"delivery.timeout.ms\"");
  }

  @Test
  void valuesAreNotPrinted() {
    KafkaSettings settings =
        settings(Delivery.EXACTLY_ONCE, Map.of("sasl.jaas.config", "password=\"hunter2\""));

    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
  }

  private static KafkaProperties properties(Delivery delivery, Map<String, String> users) {
    return new KafkaProperties(settings(delivery, users));
  }

  private static KafkaSettings settings(Delivery delivery, Map<String, String> users) {
    return new KafkaSettings(
        "db_mall",
        List.of("kafka1:9092", "kafka2:9092"),
        delivery,
        KafkaSettings.POSITIONS_TOPIC,
        new TopicSettings(4, 1),
        users);
  }
}
