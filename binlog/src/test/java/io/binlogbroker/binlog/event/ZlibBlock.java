package io.binlogbroker.binlog.event;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Writes the compressed blocks of MariaDB's compressed events, for tests. */
public final class ZlibBlock {
  private ZlibBlock() {}

  /** A compressed block: a head, the big-endian length and a zlib stream. */
  public static byte[] of(byte[] bytes) {
    return new LittleEndian()
        .u8(0x84)
        .bytes(ByteBuffer.allocate(4).putInt(bytes.length).array())
        .bytes(deflate(bytes))
        .toBytes();
  }

  static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] buffer = new byte[bytes.length + bytes.length / 100 + 64];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }
}
