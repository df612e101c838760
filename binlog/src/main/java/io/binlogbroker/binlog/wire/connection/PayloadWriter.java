package io.binlogbroker.binlog.wire.connection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds the payload of one packet, little-endian. One thread. */
public final class PayloadWriter {
  private byte[] array = new byte[128];
  private int size;

  public PayloadWriter u8(int value) {
    return littleEndian(value, 1);
  }

  public PayloadWriter u16(int value) {
    return littleEndian(value, 2);
  }

  public PayloadWriter u32(long value) {
    return littleEndian(value, 4);
  }

  public PayloadWriter i64(long value) {
    return littleEndian(value, 8);
  }

  public PayloadWriter zeros(int count) {
    reserve(count);
    Arrays.fill(array, size, size + count, (byte) 0);
    size += count;
    return this;
  }

  public PayloadWriter bytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, array, size, value.length);
    size += value.length;
    return this;
  }

  public PayloadWriter text(String value) {
    return bytes(utf8(value));
  }

  public PayloadWriter textAndNul(String value) {
    return text(value).u8(0);
  }

  /** A length byte and the text of at most 255 bytes. */
  public PayloadWriter shortText(String value) {
    return shortBytes(utf8(value));
  }

  public PayloadWriter shortBytes(byte[] value) {
    if (value.length > 255) {
      throw new IllegalArgumentException("Expected at most 255 bytes but got " + value.length);
    }
    return u8(value.length).bytes(value);
  }

  public PayloadWriter lenenc(long value) {
    if (value < 0 || value > 0xFFFFFF) {
      return u8(0xFE).i64(value);
    }
    if (value > 0xFFFF) {
      return u8(0xFD).littleEndian(value, 3);
    }
    return value > 0xFA ? u8(0xFC).u16((int) value) : u8((int) value);
  }

  public PayloadWriter lenencBytes(byte[] value) {
    return lenenc(value.length).bytes(value);
  }

  public PayloadWriter lenencText(String value) {
    return lenencBytes(utf8(value));
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  private PayloadWriter littleEndian(long value, int bytes) {
    reserve(bytes);
    for (int i = 0; i < bytes; i++) {
      array[size++] = (byte) (value >>> 8 * i);
    }
    return this;
  }

  private void reserve(int count) {
    if (count > array.length - size) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, size + count));
    }
  }

  private static byte[] utf8(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
