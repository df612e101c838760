package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;

/**
 * What a FORMAT_DESCRIPTION event says of its file.
 *
 * @param server that wrote the file
 * @param checksum whether each event ends with a CRC32
 * @param createdAt seconds since the epoch when the file was started by a server start; else 0
 */
public record FormatDescription(ServerVersion server, boolean checksum, long createdAt) {
  private static final int VERSION_BYTES = 50;
  private static final int ALGORITHM_AND_CRC = 5;

  /** The body with the checksum's five bytes still on it: they are always there. */
  static FormatDescription read(ByteReader body) {
    int version = body.u16();
    if (version != 4) {
      throw new MalformedBytesException(
          "Expected binary log version 4 but the FORMAT_DESCRIPTION event says " + version);
    }
    ServerVersion server = server(body.string(VERSION_BYTES, StandardCharsets.US_ASCII));
    long createdAt = body.u32();
    int headerLength = body.u8();
    if (headerLength != BinlogEvent.HEADER_LENGTH) {
      throw new MalformedBytesException(
          "Expected event headers of 19 bytes but the FORMAT_DESCRIPTION event says "
              + headerLength);
    }
    return new FormatDescription(server, checksum(server, body), createdAt);
  }

  private static ServerVersion server(String padded) {
    int end = padded.indexOf('\0');
    try {
      return ServerVersion.parse(end < 0 ? padded : padded.substring(0, end));
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("FORMAT_DESCRIPTION: " + e.getMessage(), e);
    }
  }

  /**
   * Servers before MySQL 5.6.1 end with a post-header length where later ones put the algorithm.
   */
  private static boolean checksum(ServerVersion server, ByteReader body) {
    if (!server.mariaDb() && !server.isAtLeast(5, 6, 1)) {
      return false;
    }
    body.skip(body.remaining() - ALGORITHM_AND_CRC);
    int algorithm = body.u8();
    return switch (algorithm) {
      case 0 -> false;
      case 1 -> true;
      default ->
          throw new MalformedBytesException(
              "Expected checksum algorithm 0 (none) or 1 (CRC32) but got " + algorithm);
    };
  }
}
