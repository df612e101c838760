package io.binlogbroker.binlog.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads numbers at an index of an array whose bounds the caller has checked; {@link ByteReader}
 * checks them itself. Stateless.
 */
public final class Endian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Endian() {}

  public static int u16(byte[] array, int index) {
    return (short) SHORT.get(array, index) & 0xFFFF;
  }

  public static int i16(byte[] array, int index) {
    return (short) SHORT.get(array, index);
  }

  public static int u24(byte[] array, int index) {
    return u16(array, index) | (array[index + 2] & 0xFF) << 16;
  }

  public static int i24(byte[] array, int index) {
    return u16(array, index) | array[index + 2] << 16;
  }

  public static int i32(byte[] array, int index) {
    return (int) INT.get(array, index);
  }

  public static long u32(byte[] array, int index) {
    return i32(array, index) & 0xFFFFFFFFL;
  }

  public static long i64(byte[] array, int index) {
    return (long) LONG.get(array, index);
  }

  /** An unsigned number of 0 to 8 bytes, low byte first. */
  public static long little(byte[] array, int index, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | (array[index + i] & 0xFF);
    }
    return value;
  }

  /** An unsigned number of 0 to 8 bytes, high byte first. */
  public static long big(byte[] array, int index, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (array[index + i] & 0xFF);
    }
    return value;
  }
}
