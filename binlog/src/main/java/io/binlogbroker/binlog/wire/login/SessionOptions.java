package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsOptions;

/**
 * Options of a {@link Session}. Packets and events above {@code maxPacketBytes} are refused; {@code
 * programName} is the program_name in the server's connection attributes.
 */
public record SessionOptions(
    ServerAddress address,
    Credentials credentials,
    TlsOptions tls,
    long maxPacketBytes,
    String programName) {
  /** The server's limit of an event, 1 GiB, and room for headers. */
  public static final long DEFAULT_MAX_PACKET_BYTES = (1L << 30) + (1L << 20);

  public SessionOptions {
    if (maxPacketBytes < 1024) {
      throw new IllegalArgumentException(
          "Expected a packet limit of at least 1024 bytes but got " + maxPacketBytes);
    }
  }

  public SessionOptions(ServerAddress address, Credentials credentials, TlsOptions tls) {
    this(address, credentials, tls, DEFAULT_MAX_PACKET_BYTES, "binlogbroker");
  }
}
