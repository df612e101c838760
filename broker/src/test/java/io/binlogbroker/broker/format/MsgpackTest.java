package io.binlogbroker.broker.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Compared with a packer that is not ours, which writes as few bytes as will do too. */
class MsgpackTest {
  private final OutputBuffer out = new OutputBuffer();
  private final Msgpack msgpack = new Msgpack(out);

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        127,
        128,
        255,
        256,
        65535,
        65536,
        4294967295L,
        4294967296L,
        Long.MAX_VALUE,
        -1,
        -32,
        -33,
        -128,
        -129,
        -32768,
        -32769,
        -2147483648L,
        -2147483649L,
        Long.MIN_VALUE
      })
  void integersAreAsShortAsCanBe(long value) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packLong(value);

      msgpack.integer(value);

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "9223372036854775808", "18446744073709551615"})
  void unsignedIntegersHave64Bits(String value) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packBigInteger(new BigInteger(value));

      msgpack.unsigned(Long.parseUnsignedLong(value));

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 255, 256, 65535, 65536})
  void textsAreCountedInBytes(int length) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packString("x".repeat(length));

      msgpack.string("x".repeat(length));

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 256, 65535, 65536})
  void binaryIsCounted(int length) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packBinaryHeader(length);

      msgpack.binary(length);

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16, 65535, 65536})
  void arraysAreCounted(int count) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(count);

      msgpack.array(count);

      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }
}
