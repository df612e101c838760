package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedBlockTest {
  private static final int MAX = 1 << 20;

  private final CompressedBlock block = new CompressedBlock(MAX);

  @AfterEach
  void close() {
    block.close();
  }

  @Test
  void blocksOfDifferentSizesAreInflatedWithOneInstance() {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 70_000, 5, 65_536, 65_537, MAX, 3}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      Arrays.fill(bytes, length / 2, length, (byte) 1);

      ByteReader inflated = block.inflate(new ByteReader(ZlibBlock.of(bytes)));

      assertThat(inflated.bytes(inflated.remaining())).isEqualTo(bytes);
    }
  }

  @Test
  void oneByteLengthIsRead() {
    byte[] bytes = {1, 2, 3};
    byte[] packed = new LittleEndian().u8(0x81).u8(3).bytes(ZlibBlock.deflate(bytes)).toBytes();

    assertThat(block.inflate(new ByteReader(packed)).bytes(3)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x01, 0x80, 0x85, 0x87, 0x92, 0xFF})
  void unknownHeadIsRejected(int head) {
    assertMalformed(new byte[] {(byte) head, 1, 2, 3, 4, 5}, "Expected the head of a zlib block");
  }

  @Test
  void declaredLengthAboveTheLimitIsRejected() {
    byte[] packed = ZlibBlock.of(new byte[MAX + 1]);

    assertMalformed(
        packed, "declares a length of 1048577 bytes; at most 1048576 are allowed (MaxEventSize)");
  }

  @Test
  void blockLongerThanDeclaredIsRejected() {
    byte[] packed = ZlibBlock.of(new byte[MAX]);
    packed[2] = 0;

    assertMalformed(packed, "declares a length of 0 bytes but inflates to more");
  }

  @Test
  void blockShorterThanDeclaredIsRejected() {
    byte[] packed = ZlibBlock.of(new byte[10]);
    packed[3] = 1;

    assertMalformed(packed, "declares a length of 266 bytes but inflates to 10");
  }

  @Test
  void truncatedBlockIsRejected() {
    byte[] packed = ZlibBlock.of(new byte[1000]);

    for (int length = 0; length < packed.length; length++) {
      assertMalformed(Arrays.copyOf(packed, length), "");
    }
  }

  @Test
  void corruptBlockIsRejectedByItsChecksum() {
    byte[] packed = ZlibBlock.of(new byte[] {1, 2, 3, 4, 5});
    packed[packed.length - 1] ^= 1;

    assertMalformed(packed, "is not a zlib stream");
  }

  @Test
  void blockThatRequiresADictionaryIsRejected() {
    Deflater deflater = new Deflater();
    deflater.setDictionary(new byte[] {1, 2, 3, 4, 5, 6});
    deflater.setInput(new byte[] {1, 2, 3, 4, 5, 6});
    deflater.finish();
    byte[] stream = new byte[100];
    int length = deflater.deflate(stream);
    deflater.end();
    byte[] packed =
        new LittleEndian().u8(0x81).u8(6).bytes(Arrays.copyOf(stream, length)).toBytes();

    assertMalformed(packed, "declares a length of 6 bytes but inflates to 0");
  }

  private void assertMalformed(byte[] packed, String message) {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> block.inflate(new ByteReader(packed)))
        .withMessageContaining(message);
  }
}
