package io.binlogbroker.broker.config;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The server id of a group that was given none: the same on every host and at every start, so that
 * the source itself ends a connection that an earlier process of the group left behind.
 */
final class ServerId {
  /** People number their servers from 1, or by an IPv4 address's last part: stay clear of that. */
  private static final long LOWEST = 1L << 30;

  private static final long BEYOND = 1L << 32;

  private ServerId() {}

  static long of(String group) {
    CRC32 crc = new CRC32();
    crc.update(("binlogbroker-" + group).getBytes(StandardCharsets.UTF_8));
    return LOWEST + crc.getValue() % (BEYOND - LOWEST);
  }
}
