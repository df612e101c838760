package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FormatDescriptionTest {
  private static final int CHECKSUM_ON = 1;

  @Test
  void eventWrittenByMysqlIsRead() {
    FormatDescription format = real("my80p.binlog.000001");

    assertThat(format.server()).isEqualTo(new ServerVersion("8.0.15", 8, 0, 15, false));
    assertThat(format.checksum()).isTrue();
  }

  @Test
  void eventWrittenByMariadbIsRead() {
    FormatDescription format = real("ma114.binlog.000001");

    assertThat(format.server().mariaDb()).isTrue();
    assertThat(format.server().isAtLeast(11, 4, 5)).isTrue();
    assertThat(format.checksum()).isTrue();
  }

  private static FormatDescription real(String file) {
    byte[] event = ListFeed.ofFile(Path.of("src/test/resources/vectors", file)).events().get(0);
    return FormatDescription.read(new ByteReader(event, 19, event.length - 19));
  }

  @Test
  void serverStartIsReported() {
    assertThat(read(body(4, "8.0.33", 19, 41, 0)).createdAt()).isEqualTo(1_700_000_000);
  }

  @Test
  void algorithmNoneDisablesChecksums() {
    assertThat(read(body(4, "8.0.33", 19, 41, 0)).checksum()).isFalse();
  }

  @Test
  void serverWithoutChecksumSupportHasNone() {
    byte[] withTail = body(4, "5.5.27-log", 19, 27, CHECKSUM_ON);
    byte[] body = Arrays.copyOf(withTail, withTail.length - 5);

    assertThat(read(body).checksum()).isFalse();
  }

  @Test
  void versionTooOldForTheEventLengthIsRejected() {
    assertMalformed(body(4, "0.0.33", 19, 41, CHECKSUM_ON), "a server version such as 8.0.33");
    assertMalformed(
        body(4, "5.1.33", 19, 41, CHECKSUM_ON), "longer than in any version before MySQL 5.6.1");
  }

  @Test
  void otherLogVersionIsRejected() {
    assertMalformed(body(3, "8.0.33", 19, 41, 1), "Expected binary log version 4 but");
  }

  @Test
  void otherHeaderLengthIsRejected() {
    assertMalformed(body(4, "8.0.33", 23, 41, 1), "Expected event headers of 19 bytes but");
  }

  @Test
  void unknownAlgorithmIsRejected() {
    assertMalformed(body(4, "8.0.33", 19, 41, 2), "Expected checksum algorithm 0 (none) or 1");
  }

  @Test
  void invalidServerVersionIsRejected() {
    assertMalformed(body(4, "", 19, 41, 1), "a server version such as 8.0.33");
    assertMalformed(body(4, "x".repeat(50), 19, 41, 1), "a server version such as 8.0.33");
  }

  @Test
  void truncatedEventIsRejected() {
    byte[] body = body(4, "8.0.33", 19, 0, 1);

    for (int length = 0; length < body.length; length++) {
      assertMalformed(Arrays.copyOf(body, length), "Expected");
    }
  }

  private static byte[] body(
      int logVersion, String server, int headerLength, int eventTypes, int algorithm) {
    byte[] lengths = new byte[eventTypes];
    Arrays.fill(lengths, (byte) 8);
    return new LittleEndian()
        .number(logVersion, 2)
        .bytes(Arrays.copyOf(server.getBytes(StandardCharsets.US_ASCII), 50))
        .number(1_700_000_000, 4)
        .u8(headerLength)
        .bytes(lengths)
        .u8(algorithm)
        .number(0, 4)
        .toBytes();
  }

  private static FormatDescription read(byte[] body) {
    return FormatDescription.read(new ByteReader(body));
  }

  private static void assertMalformed(byte[] body, String message) {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> read(body))
        .withMessageContaining(message);
  }
}
