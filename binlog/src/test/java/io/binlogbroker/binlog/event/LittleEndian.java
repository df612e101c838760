package io.binlogbroker.binlog.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the formats that a ByteReader reads, for tests. */
public final class LittleEndian {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Writes the low bytes of a number, lowest first. */
  public LittleEndian number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  public LittleEndian u8(int value) {
    return number(value, 1);
  }

  public LittleEndian bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public LittleEndian text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public LittleEndian lenenc(long value) {
    if (value >= 0 && value < 0xFB) {
      return number(value, 1);
    }
    return u8(0xFE).number(value, 8);
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
