package io.binlogbroker.cli.position.foreign;

import io.binlogbroker.engine.model.DeliveryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the file in which Kafka Connect (standalone) and Debezium Server store offsets: a {@code
 * HashMap<byte[], byte[]>} in Java's serialization format. It reads exactly this type from the
 * bytes and creates no other object: Java's own deserialization would run code of any class that a
 * crafted file names. One thread.
 */
public final class OffsetsFile {
  private static final int STREAM_HEADER = 0xACED0005;
  private static final byte NULL = 0x70;
  private static final byte REFERENCE = 0x71;
  private static final byte CLASS = 0x72;
  private static final byte OBJECT = 0x73;
  private static final byte ARRAY = 0x75;
  private static final byte BLOCK = 0x77;
  private static final byte END = 0x78;

  private static final String MAP = "java.util.HashMap";
  private static final long MAP_VERSION = 0x0507DAC1C31660D1L;
  private static final String BYTES = "[B";
  private static final long BYTES_VERSION = 0xACF317F8060854E0L;

  /** The first handle of a stream is the class of the map; that of byte[] is the third. */
  private static final int BYTES_HANDLE = 0x7E0002;

  private final ByteBuffer in;
  private final String origin;
  private boolean knowsBytes;

  private OffsetsFile(byte[] bytes, String origin) {
    this.in = ByteBuffer.wrap(bytes);
    this.origin = origin;
  }

  /**
   * The values by the text of their keys.
   *
   * @throws DeliveryException when it is not such a file
   */
  public static Map<String, byte[]> read(byte[] bytes, String origin) {
    return new OffsetsFile(bytes, origin).read();
  }

  private Map<String, byte[]> read() {
    require("the header of Java's serialization", need(4).getInt() == STREAM_HEADER);
    readMapClass();
    need(8).getFloat(); // the load factor
    in.getInt(); // the threshold
    require("a block of 8 bytes", need(2).get() == BLOCK && in.get() == 8);
    need(8).getInt(); // the number of buckets
    int size = in.getInt();
    require("a number of entries", size >= 0);
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < size; i++) {
      byte[] key = bytes();
      byte[] value = bytes();
      if (value.length > 0) {
        values.put(new String(key, StandardCharsets.UTF_8), value);
      }
    }
    require("the end of the map", need(1).get() == END && !in.hasRemaining());
    return values;
  }

  private void readMapClass() {
    require("an object", need(1).get() == OBJECT);
    readClass(MAP, MAP_VERSION, 3);
    require("2 fields", need(2).getShort() == 2);
    readField('F', "loadFactor");
    readField('I', "threshold");
    readClassEnd();
  }

  private void readClass(String name, long version, int flags) {
    require("a class", need(1).get() == CLASS);
    require(name, name.equals(text()));
    require("its version", need(8).getLong() == version);
    require("its flags", need(1).get() == flags);
  }

  private void readField(char type, String name) {
    require("a field", need(1).get() == type);
    require(name, name.equals(text()));
  }

  private void readClassEnd() {
    require("the end of a class", need(2).get() == END && in.get() == NULL);
  }

  /** An array of bytes; empty for null. Its class is described once, then referred to. */
  private byte[] bytes() {
    byte kind = need(1).get();
    if (kind == NULL) {
      return new byte[0];
    }
    require("an array of bytes", kind == ARRAY);
    if (knowsBytes) {
      require("a reference to its class", need(5).get() == REFERENCE);
      require("the class of arrays of bytes", in.getInt() == BYTES_HANDLE);
    } else {
      readClass(BYTES, BYTES_VERSION, 2);
      require("no fields", need(2).getShort() == 0);
      readClassEnd();
      knowsBytes = true;
    }
    int length = need(4).getInt();
    require("a length that the file has", length >= 0 && length <= in.remaining());
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private String text() {
    int length = need(2).getShort() & 0xFFFF;
    need(length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ByteBuffer need(int length) {
    require(length + " more bytes", in.remaining() >= length);
    return in;
  }

  private void require(String expected, boolean found) {
    if (!found) {
      throw StrictJson.fault(
          origin,
          "expected a file of offsets (a serialized HashMap of byte arrays, as Debezium Server's"
              + " offset.storage.file.filename), with "
              + expected
              + " at byte "
              + in.position());
    }
  }
}
