package io.binlogbroker.binlog.wire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.FakeMysqlServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
  private static final int FULL = 0xFFFFFF;
  private static final long LIMIT = 1L << 30;

  @Test
  void packetsAreSlicesOfOneBuffer() throws IOException {
    PacketReader reader = reading(stream(bytes(3), bytes(5)));

    reader.next();
    byte[] array = reader.array();
    assertThat(payload(reader)).isEqualTo(bytes(3));
    assertThat(reader.isAvailable()).isTrue();
    reader.next();

    assertThat(payload(reader)).isEqualTo(bytes(5));
    assertThat(reader.array()).isSameAs(array);
    assertThat(reader.isAvailable()).isFalse();
  }

  @Test
  void bytesMayArriveOneByOne() throws IOException {
    PacketReader reader = reading(new LimitedReads(stream(bytes(300_000), bytes(0), bytes(7)), 1));

    for (int length : new int[] {300_000, 0, 7}) {
      reader.next();
      assertThat(payload(reader)).isEqualTo(bytes(length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        PacketReader.CHUNK - 4,
        PacketReader.CHUNK - 3,
        PacketReader.CHUNK,
        FULL - 1,
        FULL,
        FULL + 1,
        2 * FULL,
        2 * FULL + 1,
        40_000_000
      })
  void packetOfAnyLengthIsReadCompletelyAndSoIsTheNext(int length) throws IOException {
    byte[] payload = bytes(length);
    PacketReader reader = reading(new LimitedReads(stream(payload, bytes(9)), 70_001));

    reader.next();
    assertThat(Arrays.equals(payload(reader), payload)).isTrue();
    reader.next();
    assertThat(payload(reader)).isEqualTo(bytes(9));
  }

  @ParameterizedTest
  @ValueSource(ints = {FULL, FULL + 3, 40_000_000})
  void bufferGrowsToTheLengthOfALongEvent(int length) throws IOException {
    byte[] payload = event(length);
    PacketReader reader = reading(stream(payload, bytes(9)));
    reader.expectEvents();

    reader.next();

    assertThat(Arrays.equals(payload(reader), payload)).isTrue();
    assertThat(reader.array().length).isLessThanOrEqualTo(length + 8);
  }

  @Test
  void bufferShrinksAfterALongPacket() throws IOException {
    PacketReader reader = reading(stream(bytes(40_000_000), bytes(9), bytes(10)));

    reader.next();
    assertThat(reader.array().length).isGreaterThanOrEqualTo(40_000_000);
    reader.next();

    assertThat(payload(reader)).isEqualTo(bytes(9));
    assertThat(reader.array()).hasSize(PacketReader.CHUNK);
  }

  @Test
  void wrongLengthAllocatesNothing() {
    PacketReader reader = reading(new ByteArrayInputStream(FakeMysqlServer.header(FULL, 0)));

    assertThatThrownBy(reader::next)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage(
            "The server closed the connection, while reading the greeting from db.example:3306");
    assertThat(reader.array()).hasSize(PacketReader.CHUNK);
  }

  @Test
  void eventDeclaredTooLongIsRejectedAfterItsFirstPart() throws IOException {
    byte[] payload = event(FULL);
    Arrays.fill(payload, 10, 14, (byte) 0xFF);
    PacketReader reader = reading(new ByteArrayInputStream(FakeMysqlServer.packet(payload, 0)));
    reader.expectEvents();

    assertThatThrownBy(reader::next)
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessageStartingWith(
            "A packet of 4294967296 bytes or more exceeds the limit of 1073741824 (MaxEventSize)");
  }

  @Test
  void packetAboveTheLimitIsRejectedBeforeItIsRead() {
    InputStream header = new ByteArrayInputStream(FakeMysqlServer.header(5000, 0));
    PacketReader reader = new PacketReader(header, "db.example:3306", 4999);

    assertThatThrownBy(reader::next)
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessageContaining("5000")
        .hasMessageContaining("4999");
  }

  @Test
  void truncatedPacketReportsTheBytesReceived() {
    byte[] truncated = Arrays.copyOf(FakeMysqlServer.packet(bytes(100), 0), 34);
    PacketReader reader = reading(new ByteArrayInputStream(truncated));

    assertThatThrownBy(reader::next)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageStartingWith("The server closed the connection after 30 of 100 bytes");
  }

  @Test
  void truncatedHeaderIsALostConnection() {
    PacketReader reader = reading(new ByteArrayInputStream(new byte[] {1, 0}));

    assertThatThrownBy(reader::next)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageStartingWith("The server closed the connection after 2 of 4 bytes");
  }

  @Test
  void sequenceNumberOutOfOrderIsAViolation() {
    InputStream in = new ByteArrayInputStream(FakeMysqlServer.packet(bytes(3), 2));
    PacketReader reader = reading(in);

    assertThatThrownBy(reader::next)
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessage(
            "Expected packet number 0 but got 2, while reading the greeting from db.example:3306");
  }

  @Test
  void errorPacketMayHaveAnySequenceNumber() throws IOException {
    byte[] error = {(byte) 0xFF, 1, 2};
    PacketReader reader = reading(new ByteArrayInputStream(FakeMysqlServer.packet(error, 9)));

    reader.next();

    assertThat(payload(reader)).isEqualTo(error);
  }

  @Test
  void sequenceNumbersWrapAfter255() throws IOException {
    byte[][] packets = new byte[600][];
    Arrays.setAll(packets, PacketReaderTest::bytes);
    PacketReader reader = reading(stream(packets));

    for (byte[] packet : packets) {
      reader.next();
      assertThat(payload(reader)).isEqualTo(packet);
    }
  }

  @Test
  void readingAClosedConnectionIsALostConnection() {
    PacketReader reader =
        reading(
            new InputStream() {
              @Override
              public int read() {
                return -1;
              }

              @Override
              public int available() throws IOException {
                throw new SocketException("Socket closed");
              }
            });

    assertThatThrownBy(reader::isAvailable)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("Socket closed");
  }

  @Test
  void timeoutNamesTheDurationAndTheServer() {
    PacketReader reader =
        reading(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new SocketTimeoutException("Read timed out");
              }
            });
    reader.setTimeoutMessage("No bytes for 30 s");

    assertThatThrownBy(reader::next)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage("No bytes for 30 s, while reading the greeting from db.example:3306");
  }

  private static PacketReader reading(InputStream in) {
    return new PacketReader(in, "db.example:3306", LIMIT);
  }

  private static InputStream stream(byte[]... payloads) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int sequence = 0;
    for (byte[] payload : payloads) {
      for (byte[] packet : FakeMysqlServer.packets(payload, sequence)) {
        out.writeBytes(packet);
        sequence = sequence + 1 & 0xFF;
      }
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + length);
    }
    return bytes;
  }

  /** A status byte and an event with its length in the header. */
  private static byte[] event(int payloadLength) {
    byte[] event = bytes(payloadLength);
    int length = payloadLength - 1;
    for (int i = 0; i < 4; i++) {
      event[10 + i] = (byte) (length >>> 8 * i);
    }
    return event;
  }

  private static byte[] payload(PacketReader reader) {
    int offset = reader.offset();
    return Arrays.copyOfRange(reader.array(), offset, offset + reader.length());
  }

  /** Returns at most this many bytes per read. */
  private static final class LimitedReads extends InputStream {
    private final InputStream in;
    private final int most;

    LimitedReads(InputStream in, int most) {
      this.in = in;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return in.read(target, offset, Math.min(length, most));
    }
  }
}
