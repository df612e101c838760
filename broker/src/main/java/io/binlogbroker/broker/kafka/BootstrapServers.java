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
 * Requests the list of Kafka's servers from the configured addresses. Kafka's public clients
 * connect to those servers themselves and do not expose the list. One thread.
 */
final class BootstrapServers {
  private static final Logger log = LoggerFactory.getLogger(BootstrapServers.class);
  private final KafkaProperties properties;
  private final Duration timeout;

  /**
   * @param timeout for connecting to each address, and again for its answer
   */
  BootstrapServers(KafkaProperties properties, Duration timeout) {
    this.properties = properties;
    this.timeout = timeout;
  }

  /** As configured. */
  String addresses() {
    return String.valueOf(config().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
  }

  /** The servers that the first reachable address returns; none if no address answers. */
  Collection<Node> advertised() {
    try {
      AdminClientConfig config = new AdminClientConfig(config());
      for (Node server : nodes(ClientUtils.parseAndValidateAddresses(config))) {
        Collection<Node> named = requestFrom(server, config);
        if (!named.isEmpty()) {
          return named;
        }
      }
    } catch (KafkaException e) {
      log.debug("The list of Kafka's servers cannot be requested", e);
    }
    return List.of();
  }

  private Map<String, Object> config() {
    return properties.admin(timeout);
  }

  private static List<Node> nodes(List<InetSocketAddress> addresses) {
    List<Node> nodes = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      // Negative ids, as in Kafka's own clients for servers that are not known yet.
      nodes.add(new Node(-1 - nodes.size(), address.getHostString(), address.getPort()));
    }
    return nodes;
  }

  private Collection<Node> requestFrom(Node server, AdminClientConfig config) {
    try (Metrics metrics = new Metrics();
        KafkaClient client = client(config, metrics)) {
      if (!NetworkClientUtils.awaitReady(client, server, Time.SYSTEM, timeout.toMillis())) {
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
      log.debug("{} does not return the list of Kafka's servers", server, e);
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
        Math.toIntExact(timeout.toMillis()),
        null,
        new ManualMetadataUpdater(),
        new DefaultHostResolver(),
        null,
        null);
  }
}
