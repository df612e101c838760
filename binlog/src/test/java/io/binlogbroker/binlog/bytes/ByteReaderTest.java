package io.binlogbroker.binlog.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteReaderTest {
  @Test
  void numbersAreLittleEndian() {
    ByteReader reader = new ByteReader(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

    assertThat(reader.u16()).isEqualTo(0x0201);
    assertThat(reader.u24()).isEqualTo(0x050403);
    assertThat(reader.u8()).isEqualTo(6);
    assertThat(reader.bigEndian(2)).isEqualTo(0x0708);
    assertThat(reader.i16()).isEqualTo(0x0A09);
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void negativeMediumintKeepsItsSign() {
    ByteReader reader = new ByteReader(new byte[] {-1, -1, -1});

    assertThat(reader.i24()).isEqualTo(-1);
  }

  @Test
  void lengthBeyondTheSliceIsRejected() {
    ByteReader reader = new ByteReader(new byte[] {(byte) 0xFE, -1, -1, -1, -1, -1, -1, -1, -1, 0});

    assertThatThrownBy(reader::lenencLength)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage("Expected a length of at most 1 but got 18446744073709551615");
  }

  @Test
  void readingPastTheEndReportsTheMissingBytes() {
    ByteReader reader = new ByteReader(new byte[] {1, 2, 3}, 1, 2);

    assertThatThrownBy(reader::i32)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage("Expected 4 bytes but 2 are left");
  }
}
