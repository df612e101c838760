package io.binlogbroker.binlog.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds byte arrays, little-endian. */
public final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Bytes number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> 8 * i));
    }
    return this;
  }

  public Bytes u8(int value) {
    return number(value, 1);
  }

  public Bytes hex(String hex) {
    return raw(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  public Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Appends a one-byte length and the text. */
  public Bytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u8(bytes.length).raw(bytes);
  }

  public byte[] array() {
    return out.toByteArray();
  }

  public ByteReader reader() {
    return new ByteReader(array());
  }
}
