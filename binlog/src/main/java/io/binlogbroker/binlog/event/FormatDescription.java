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
  /** Of the algorithm and the CRC32 behind it, which are there even where events have none. */
  static final int ALGORITHM_AND_CRC = 5;

  private static final int VERSION_BYTES = 50;

  /** Post-header lengths that MySQL 5.1 and 5.5 write, the last ones that know no checksums. */
  private static final int MOST_EVENT_TYPES_WITHOUT_CHECKSUM = 27;

  /** The body with the checksum's five bytes still on it. */
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

  /** A broken digit in the version must not switch the checksums off. */
  private static void requireOld(ServerVersion server, int eventTypes) {
    if (eventTypes > MOST_EVENT_TYPES_WITHOUT_CHECKSUM) {
      throw new MalformedBytesException(
          "FORMAT_DESCRIPTION says it is of "
              + server
              + " but is longer than any before MySQL 5.6.1: "
              + eventTypes
              + " bytes of event lengths");
    }
  }
}
