package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.wire.connection.Digests;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import java.io.IOException;

/** The server's initial handshake packet: version, capabilities, and the scramble for the login. */
public record Greeting(
    ServerVersion version,
    long connectionId,
    int capabilities,
    String loginMethod,
    byte[] scramble) {
  private static final int VERSION_10 = 10;
  private static final int SCRAMBLE_START = 8;
  private static final int RESERVED = 10;

  static Greeting read(ByteReader packet, String where) throws IOException {
    int protocol = packet.u8();
    if (protocol != VERSION_10) {
      throw new ProtocolViolationException(
          "Expected a greeting of protocol 10 but got %d, %s; is this the port of a MySQL server?"
              .formatted(protocol, where));
    }
    ServerVersion version = ServerVersion.parse(packet.utf8ToNul());
    long connectionId = packet.u32();
    byte[] scrambleStart = packet.bytes(SCRAMBLE_START);
    packet.skip(1);
    int low = packet.u16();
    packet.skip(3); // character set and status
    int capabilities = low | packet.u16() << 16;
    requireCapabilities(capabilities, version, where);
    byte[] rest = readRest(packet);
    String method = packet.remaining() == 0 ? "" : packet.utf8ToNul();
    return new Greeting(
        version, connectionId, capabilities, method, Digests.concat(scrambleStart, rest));
  }

  public boolean offers(int capability) {
    return (capabilities & capability) == capability;
  }

  /** Reads the scramble's second part without its terminating zero byte. */
  private static byte[] readRest(ByteReader packet) {
    int length = packet.u8();
    packet.skip(RESERVED);
    int rest = Math.max(13, length - SCRAMBLE_START);
    byte[] bytes = packet.bytes(rest - 1);
    packet.skip(1);
    return bytes;
  }

  private static void requireCapabilities(int capabilities, ServerVersion version, String where)
      throws ProtocolViolationException {
    if ((capabilities & Capabilities.REQUIRED) != Capabilities.REQUIRED) {
      throw new ProtocolViolationException(
          "Expected a server with capabilities %#x but %s has %#x, %s; the oldest supported version is MySQL 5.6"
              .formatted(Capabilities.REQUIRED, version.text(), capabilities, where));
    }
  }
}
