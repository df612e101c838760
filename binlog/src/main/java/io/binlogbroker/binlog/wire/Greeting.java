package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.ServerVersion;
import java.io.IOException;

/** What a server says first: who it is, what it can, and the scramble to log in with. */
record Greeting(
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
          "Expected a greeting of protocol 10 but got %d, %s; is that port a MySQL server's?"
              .formatted(protocol, where));
    }
    ServerVersion version = ServerVersion.parse(packet.utf8ToNul());
    long connectionId = packet.u32();
    byte[] start = packet.bytes(SCRAMBLE_START);
    packet.skip(1);
    int low = packet.u16();
    packet.skip(3); // character set and status
    int capabilities = low | packet.u16() << 16;
    requireNeeded(capabilities, version, where);
    byte[] rest = readRest(packet);
    String method = packet.remaining() == 0 ? "" : packet.utf8ToNul();
    return new Greeting(version, connectionId, capabilities, method, Digests.concat(start, rest));
  }

  boolean offers(int capability) {
    return (capabilities & capability) == capability;
  }

  /** The scramble's second part without the zero byte that ends it. */
  private static byte[] readRest(ByteReader packet) {
    int length = packet.u8();
    packet.skip(RESERVED);
    int rest = Math.max(13, length - SCRAMBLE_START);
    byte[] bytes = packet.bytes(rest - 1);
    packet.skip(1);
    return bytes;
  }

  private static void requireNeeded(int capabilities, ServerVersion version, String where)
      throws ProtocolViolationException {
    if ((capabilities & Capabilities.NEEDED) != Capabilities.NEEDED) {
      throw new ProtocolViolationException(
          "Expected a server with capabilities %#x but %s has %#x, %s; MySQL 5.6 is the oldest"
              .formatted(Capabilities.NEEDED, version.text(), capabilities, where));
    }
  }
}
