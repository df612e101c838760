package io.binlogbroker.engine.format.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Compared with an independent packer that also writes the shortest encoding. */
class MsgpackTest {
  private final OutputBuffer out = new OutputBuffer();
  private final Msgpack msgpack = new Msgpack(out);

  /** Go: {@code AppendInt64} of tinylib/msgp, whose reader decodes only these types as int64. */
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7f",
    "128, d10080",
    "255, d100ff",
    "32767, d17fff",
    "32768, d200008000",
    "65535, d20000ffff",
    "2147483647, d27fffffff",
    "2147483648, d30000000080000000",
    "4294967295, d300000000ffffffff",
    "9223372036854775807, d37fffffffffffffff",
    "-1, ff",
    "-32, e0",
    "-33, d0df",
    "-128, d080",
    "-129, d1ff7f",
    "-32768, d18000",
    "-32769, d2ffff7fff",
    "-2147483648, d280000000",
    "-2147483649, d3ffffffff7fffffff",
    "-9223372036854775808, d38000000000000000"
  })
  void integersAreSignedAsInTheGoProgram(long value, String hex) {
    msgpack.integer(value);
    if (value >= 0) {
      msgpack.unsigned(value);
    }

    String twice = value >= 0 ? hex + hex : hex;
    assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo(twice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "18446744073709551615"})
  void onlyIntegersBeyondTheSignedRangeAreUnsigned(String value) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packBigInteger(new BigInteger(value));

      msgpack.unsigned(Long.parseUnsignedLong(value));

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 255, 256, 65535, 65536})
  void textLengthIsInBytes(int length) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packString("x".repeat(length));

      msgpack.string("x".repeat(length));

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 256, 65535, 65536})
  void binaryHasALengthPrefix(int length) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packBinaryHeader(length);

      msgpack.binary(length);

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16, 65535, 65536})
  void arraysHaveALengthPrefix(int count) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(count);

      msgpack.array(count);

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }
}
