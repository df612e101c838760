package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds byte arrays, little-endian. */
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Bytes number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> 8 * i));
    }
    return this;
  }

  Bytes u8(int value) {
    return number(value, 1);
  }

  Bytes hex(String hex) {
    return raw(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Appends a one-byte length and the text. */
  Bytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u8(bytes.length).raw(bytes);
  }

  byte[] array() {
    return out.toByteArray();
  }

  ByteReader reader() {
    return new ByteReader(array());
  }
}
