package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;

/**
 * A FORMAT_DESCRIPTION event, which describes the file that it starts.
 *
 * @param server that wrote the file
 * @param checksum whether each event ends with a CRC32
 * @param createdAt seconds since the epoch if the file was created by a server start; otherwise 0
 */
public record FormatDescription(ServerVersion server, boolean checksum, long createdAt) {
  /** Length of the algorithm and the CRC32, which are present even if events have no checksum. */
  static final int ALGORITHM_AND_CRC = 5;

  private static final int VERSION_BYTES = 50;

  /** Number of post-header lengths in MySQL 5.1 and 5.5, the last versions without checksums. */
  private static final int MOST_EVENT_TYPES_WITHOUT_CHECKSUM = 27;

  /** Reads the body, which includes the checksum's five bytes. */
  static FormatDescription read(ByteReader body) {
    int version = body.u16();
    if (version != 4) {
      throw new MalformedBytesException(
          "Expected binary log version 4 but the FORMAT_DESCRIPTION event declares " + version);
    }
    ServerVersion server = server(body.string(VERSION_BYTES, StandardCharsets.US_ASCII));
    long createdAt = body.u32();
    int headerLength = body.u8();
    if (headerLength != BinlogEvent.HEADER_LENGTH) {
      throw new MalformedBytesException(
          "Expected event headers of 19 bytes but the FORMAT_DESCRIPTION event declares "
              + headerLength);
    }
    return new FormatDescription(server, checksum(server, body), createdAt);
  }

  private static ServerVersion server(String padded) {
    int end = padded.indexOf('\0');
    ServerVersion server = ServerVersion.parse(end < 0 ? padded : padded.substring(0, end));
    if (server.major() == 0) {
      throw new MalformedBytesException(
          "Expected a server version such as 8.0.33 in FORMAT_DESCRIPTION but got \""
              + server.text()
              + "\"");
    }
    return server;
  }

  private static boolean checksum(ServerVersion server, ByteReader body) {
    if (!server.mariaDb() && !server.isAtLeast(5, 6, 1)) {
      requireOld(server, body.remaining());
      return false;
    }
    if (body.remaining() < ALGORITHM_AND_CRC) {
      throw new MalformedBytesException(
          "Expected a checksum algorithm at the end of FORMAT_DESCRIPTION but "
              + body.remaining()
              + " bytes are left");
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

  /** A corrupt digit in the version must not disable checksum verification. */
  private static void requireOld(ServerVersion server, int eventTypes) {
    if (eventTypes > MOST_EVENT_TYPES_WITHOUT_CHECKSUM) {
      throw new MalformedBytesException(
          "FORMAT_DESCRIPTION names "
              + server
              + " but is longer than in any version before MySQL 5.6.1: "
              + eventTypes
              + " bytes of event lengths");
    }
  }
}
