package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one GTID_TAGGED event (MySQL 8.3 and later): numbered fields of {@code
 * mysql::serialization}, in ascending order, some of them omitted. One thread.
 */
final class TaggedGtidReader {
  private static final int VERSION = 1;
  private static final int UUID_FIELD = 1;
  private static final int NUMBER_FIELD = 2;
  private static final int TAG_FIELD = 3;
  private static final int COMMIT_TIME_FIELD = 6;
  private static final int LAST_KNOWN_FIELD = 11;

  private final ByteReader body;
  private @Nullable UUID source;
  private String tag = "";
  private long number;
  private long committedMicros;

  private TaggedGtidReader(ByteReader body) {
    this.body = body;
  }

  static GtidEvent read(ByteReader body) {
    return new TaggedGtidReader(body).read();
  }

  private GtidEvent read() {
    int start = body.position();
    int length = body.remaining();
    requireVersion(Serialized.unsigned(body));
    int end = start + Serialized.length(body, length);
    long lastNotIgnorable = Serialized.unsigned(body);
    while (body.position() < end) {
      long field = Serialized.unsigned(body);
      if (Long.compareUnsigned(field, LAST_KNOWN_FIELD) <= 0) {
        readField((int) field);
        continue;
      }
      requireIgnorable(field, lastNotIgnorable);
      break; // its length and those of the fields after it are unknown
    }
    if (source == null) {
      throw new MalformedBytesException("Expected a UUID in a GTID_TAGGED event but it has none");
    }
    return new GtidEvent(source, tag, GtidEvent.checked(number), committedMicros);
  }

  private static void requireVersion(long version) {
    if (version != VERSION) {
      throw new MalformedBytesException(
          "Expected version 1 of mysql::serialization in a GTID_TAGGED event but got "
              + Long.toUnsignedString(version));
    }
  }

  private static void requireIgnorable(long field, long lastNotIgnorable) {
    if (Long.compareUnsigned(field, lastNotIgnorable) <= 0) {
      throw new MalformedBytesException(
          "A GTID_TAGGED event has the field "
              + Long.toUnsignedString(field)
              + ", which is unknown and must not be skipped");
    }
  }

  private void readField(int field) {
    switch (field) {
      case UUID_FIELD -> source = new UUID(eightBytes(), eightBytes());
      case NUMBER_FIELD -> number = Serialized.signed(body);
      case TAG_FIELD -> tag = GtidSource.readTag(body);
      case COMMIT_TIME_FIELD -> committedMicros = Serialized.unsigned(body);
      default -> Serialized.unsigned(body);
    }
  }

  /** Each byte is encoded as a separate number. */
  private long eightBytes() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      long next = Serialized.unsigned(body);
      if (next < 0 || next > 0xFF) {
        throw new MalformedBytesException(
            "Expected a byte of a UUID in a GTID_TAGGED event but got "
                + Long.toUnsignedString(next));
      }
      value = value << 8 | next;
    }
    return value;
  }
}
