package io.binlogbroker.binlog.wire.connection;

import java.time.Duration;

/** A server's host and port, with the timeouts of connecting and of reading a reply. */
public record ServerAddress(String host, int port, Duration connectTimeout, Duration readTimeout) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  public ServerAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("Expected a host name or address but it is blank");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("Expected a port of 1 to 65535 but got " + port);
    }
    requirePositive("connect", connectTimeout);
    requirePositive("read", readTimeout);
  }

  public ServerAddress(String host, int port) {
    this(host, port, CONNECT_TIMEOUT, READ_TIMEOUT);
  }

  private static void requirePositive(String name, Duration timeout) {
    if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Expected a " + name + " timeout of 1 ms to 24 days but got " + timeout);
    }
  }

  /** {@code host:port}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
