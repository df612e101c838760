package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka server whose advertised address cannot be reached from this host. Immutable.
 *
 * @param bootstrap the configured addresses, at which Kafka answers
 * @param address {@code host:port} that Kafka advertises
 * @param failure of connecting to it
 */
public record UnreachableServer(String bootstrap, String address, IOException failure) {
  /** The fix. */
  static final String FIX =
      "start that server, or set its advertised.listeners to an address that clients can reach";

  private static final int CONNECT_MILLIS = 2000;

  /**
   * Connects to each server and closes the connection, for two seconds at most for each address.
   *
   * @param bootstrap the configured addresses
   * @param advertised the servers that Kafka advertises
   * @return the first that cannot be reached; null if all can
   */
  public static @Nullable UnreachableServer among(String bootstrap, Collection<Node> advertised) {
    Map<String, Node> servers = new TreeMap<>();
    advertised.stream()
        .filter(node -> !node.isEmpty())
        .forEach(node -> servers.put(node.host() + ":" + node.port(), node));
    for (Map.Entry<String, Node> server : servers.entrySet()) {
      IOException failure = failureOf(server.getValue());
      if (failure != null) {
        return new UnreachableServer(bootstrap, server.getKey(), failure);
      }
    }
    return null;
  }

  /** Kafka's clients also try all addresses of a name. */
  private static @Nullable IOException failureOf(Node node) {
    IOException last = null;
    try {
      for (InetAddress address : InetAddress.getAllByName(node.host())) {
        last = failureOf(new InetSocketAddress(address, node.port()));
        if (last == null) {
          return null;
        }
      }
    } catch (IOException e) {
      return e;
    }
    return last;
  }

  private static @Nullable IOException failureOf(InetSocketAddress address) {
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(address, CONNECT_MILLIS);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  /** The failure without the fix. */
  String detail() {
    return "Kafka answers at %s, but advertises a server at %s, which cannot be reached from this host: %s"
        .formatted(bootstrap, address, failure);
  }

  /** The failure with the fix. */
  String message() {
    return detail() + ". fix: " + FIX;
  }

  /** A retriable failure. */
  public DeliveryException toException() {
    return DeliveryException.retriable(FailureKind.UNREACHABLE, message(), failure);
  }
}
