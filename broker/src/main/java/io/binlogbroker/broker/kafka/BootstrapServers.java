package io.binlogbroker.broker.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the addresses that the user configured which servers Kafka has. Every public client of Kafka
 * goes on to those servers by itself, and does not say which they are. One thread.
 */
final class BootstrapServers {
  private static final Logger log = LoggerFactory.getLogger(BootstrapServers.class);
  private final KafkaProperties properties;
  private final Duration patience;

  /**
   * @param patience for connecting to each of the addresses, and again for its answer
   */
  BootstrapServers(KafkaProperties properties, Duration patience) {
    this.properties = properties;
    this.patience = patience;
  }

  /** As the user wrote them. */
  String addresses() {
    return String.valueOf(config().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
  }

  /** The servers that the first of the addresses names that answers; none when none does. */
  Collection<Node> advertised() {
    try {
      AdminClientConfig config = new AdminClientConfig(config());
      for (Node server : nodes(ClientUtils.parseAndValidateAddresses(config))) {
        Collection<Node> named = askedAt(server, config);
        if (!named.isEmpty()) {
          return named;
        }
      }
    } catch (KafkaException e) {
      log.debug("Kafka's servers cannot be asked for", e);
    }
    return List.of();
  }

  private Map<String, Object> config() {
    return properties.admin(patience);
  }

  private static List<Node> nodes(List<InetSocketAddress> addresses) {
    List<Node> nodes = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      // As Kafka's own clients number servers that they do not know yet.
      nodes.add(new Node(-1 - nodes.size(), address.getHostString(), address.getPort()));
    }
    return nodes;
  }

  private Collection<Node> askedAt(Node server, AdminClientConfig config) {
    try (Metrics metrics = new Metrics();
        KafkaClient client = client(config, metrics)) {
      if (!NetworkClientUtils.awaitReady(client, server, Time.SYSTEM, patience.toMillis())) {
        return List.of();
      }
      ClientRequest question =
          client.newClientRequest(
              server.idString(),
              MetadataRequest.Builder.forTopicNames(List.of(), false),
              Time.SYSTEM.milliseconds(),
              true);
      return NetworkClientUtils.sendAndReceive(client, question, Time.SYSTEM).responseBody()
              instanceof MetadataResponse answer
          ? answer.brokers()
          : List.of();
    } catch (IOException e) {
      log.debug("{} does not name Kafka's servers", server, e);
      return List.of();
    }
  }

  private KafkaClient client(AdminClientConfig config, Metrics metrics) {
    return ClientUtils.createNetworkClient(
        config,
        config.getString(AdminClientConfig.CLIENT_ID_CONFIG),
        metrics,
        "bootstrap",
        new LogContext("[Bootstrap] "),
        new ApiVersions(),
        Time.SYSTEM,
        1,
        Math.toIntExact(patience.toMillis()),
        null,
        new ManualMetadataUpdater(),
        new DefaultHostResolver(),
        null,
        null);
  }
}
