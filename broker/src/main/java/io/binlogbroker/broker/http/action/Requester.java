package io.binlogbroker.broker.http.action;

import java.net.InetAddress;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a request tells about its sender.
 *
 * @param peer the other end of the connection; null if it is not known
 * @param headers values by header name, null where a header is missing
 * @param namesAddress whether {@code Host} is an IP address or a name of the loopback interface,
 *     which no other host's DNS can define
 */
public record Requester(
    @Nullable InetAddress peer, UnaryOperator<@Nullable String> headers, boolean namesAddress) {
  @Nullable String header(String name) {
    return headers.apply(name);
  }

  boolean isLoopback() {
    return peer != null && peer.isLoopbackAddress();
  }

  /** The address for the log. */
  String address() {
    return peer == null ? "an unknown address" : peer.getHostAddress();
  }
}
