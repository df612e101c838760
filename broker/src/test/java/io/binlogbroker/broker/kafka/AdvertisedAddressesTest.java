package io.binlogbroker.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdvertisedAddressesTest {
  // Long, for a loaded machine: no test waits for it to elapse.
  private static final Duration ENOUGH = Duration.ofSeconds(20);
  private static final DeliveryException NO_ANSWER =
      DeliveryException.retriable(FailureKind.UNREACHABLE, "Kafka did not answer", null);

  @Test
  void checkReportsTheAdvertisedAddressAndTheProperty() throws IOException {
    int port = closedPort();
    try (FakeKafka kafka = FakeKafka.advertising("127.0.0.1", port)) {
      List<CheckResult> results =
          new KafkaCheck(settings(kafka), addresses(settings(kafka))).run(List.of("mall_db"), null);

      assertThat(results).singleElement().satisfies(result -> assertNames(result, kafka, port));
    }
  }

  private static void assertNames(CheckResult result, FakeKafka kafka, int port) {
    assertThat(result.name()).isEqualTo("Kafka reachable");
    assertThat(result.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(result.detail())
        .startsWith(
            "Kafka answers at "
                + kafka.address()
                + ", but advertises a server at 127.0.0.1:"
                + port);
    assertThat(result.fix()).contains("set its advertised.listeners");
  }

  @Test
  void aTimeoutOfAnAdminRequestReportsThemToo() throws IOException {
    int port = closedPort();
    try (FakeKafka kafka = FakeKafka.advertising("127.0.0.1", port)) {
      KafkaSettings settings = settings(kafka);
      KafkaFailures failures = new KafkaFailures(settings);

      try (KafkaAdmin admin =
          KafkaAdmin.of(
              new KafkaProperties(settings),
              failures,
              Duration.ofMillis(300),
              addresses(settings))) {
        assertThatThrownBy(admin::servers)
            .isInstanceOfSatisfying(
                DeliveryException.class,
                failure -> {
                  assertThat(failure.isRetriable()).isTrue();
                  assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
                })
            .hasMessageContaining("while describing the cluster")
            .hasMessageContaining("but advertises a server at 127.0.0.1:" + port)
            .hasMessageContaining("fix: start that server, or set its advertised.listeners");
      }
    }
  }

  @Test
  void anUnresolvableNameIsReported() {
    AdvertisedAddresses addresses = advertised(new Node(1, "kafka.invalid", 9092));

    assertThat(addresses.explained(NO_ANSWER, new TimeoutException()))
        .hasMessageContaining("advertises a server at kafka.invalid:9092")
        .hasMessageContaining("UnknownHostException");
  }

  @Test
  void aReachableServerExplainsNothing() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AdvertisedAddresses addresses =
          advertised(new Node(1, "127.0.0.1", server.getLocalPort()), Node.noNode());

      assertThat(addresses.explained(NO_ANSWER, new TimeoutException())).isSameAs(NO_ANSWER);
    }
  }

  @Test
  void onlyTimeoutsAreExplained() throws IOException {
    AdvertisedAddresses addresses = advertised(new Node(1, "127.0.0.1", closedPort()));

    assertThat(addresses.explained(NO_ANSWER, new NotEnoughReplicasException("1 of 2")))
        .isSameAs(NO_ANSWER);
  }

  @Test
  void aKafkaThatDoesNotAnswerReturnsNoServers() throws IOException {
    KafkaSettings nobody = settings("127.0.0.1:" + closedPort());

    assertThat(new BootstrapServers(new KafkaProperties(nobody), ENOUGH).advertised()).isEmpty();
  }

  private static AdvertisedAddresses addresses(KafkaSettings settings) {
    return AdvertisedAddresses.of(new KafkaProperties(settings), ENOUGH);
  }

  private static AdvertisedAddresses advertised(Node... nodes) {
    return new AdvertisedAddresses("kafka:9092", () -> List.of(nodes));
  }

  private static KafkaSettings settings(FakeKafka kafka) {
    return settings(kafka.address());
  }

  private static KafkaSettings settings(String address) {
    return new KafkaSettings(
        "db_mall",
        List.of(address),
        Delivery.EXACTLY_ONCE,
        KafkaSettings.POSITIONS_TOPIC,
        new TopicSettings(4, 1),
        Map.of());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }
}
