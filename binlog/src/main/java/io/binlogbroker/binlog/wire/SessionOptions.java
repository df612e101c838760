package io.binlogbroker.binlog.wire;

/**
 * All that is needed to open a {@link Session}. A packet or event above {@code maxPacketBytes} is
 * refused; {@code programName} is what the server shows in its list of connection attributes.
 */
public record SessionOptions(
    ServerAddress address,
    Credentials credentials,
    TlsOptions tls,
    long maxPacketBytes,
    String programName) {
  /** The server's own limit for an event, 1 GiB, and room for headers. */
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
