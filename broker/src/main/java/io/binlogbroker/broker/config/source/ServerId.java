package io.binlogbroker.broker.config.source;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The default server id of a group: the same on every host and at every start, so that the source
 * closes the connection of an earlier process of the group.
 */
final class ServerId {
  /** Operators number servers from 1 or by the last part of an IPv4 address: avoid that range. */
  private static final long LOWEST = 1L << 30;

  private static final long BEYOND = 1L << 32;

  private ServerId() {}

  static long of(String group) {
    CRC32 crc = new CRC32();
    crc.update(("binlogbroker-" + group).getBytes(StandardCharsets.UTF_8));
    return LOWEST + crc.getValue() % (BEYOND - LOWEST);
  }
}
