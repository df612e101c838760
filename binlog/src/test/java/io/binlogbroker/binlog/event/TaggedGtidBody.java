package io.binlogbroker.binlog.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes the body of a GTID_TAGGED event of MySQL 8.4 or 9, for tests. */
public final class TaggedGtidBody {
  private TaggedGtidBody() {}

  public static byte[] of(UUID source, String tag, long number, long micros) {
    LittleEndian fields = new LittleEndian();
    field(fields, 0, 1);
    unsigned(fields, 1);
    long high = source.getMostSignificantBits();
    long low = source.getLeastSignificantBits();
    for (int i = 0; i < 16; i++) {
      unsigned(fields, (i < 8 ? high : low) >>> (56 - 8 * (i % 8)) & 0xFF);
    }
    field(fields, 2, number << 1);
    field(fields, 3, tag.length());
    fields.bytes(tag.getBytes(StandardCharsets.US_ASCII));
    field(fields, 4, 0);
    field(fields, 5, 2);
    field(fields, 6, micros);
    field(fields, 8, 296);
    field(fields, 9, 90600);
    byte[] written = fields.toBytes();
    LittleEndian body = new LittleEndian();
    unsigned(body, 1);
    unsigned(body, written.length + 3 + (written.length + 3 > 127 ? 1 : 0));
    unsigned(body, 0);
    return body.bytes(written).toBytes();
  }

  private static void field(LittleEndian out, long id, long value) {
    unsigned(out, id);
    unsigned(out, value);
  }

  static void unsigned(LittleEndian out, long value) {
    int bits = 64 - Long.numberOfLeadingZeros(value);
    int extra = Math.max(0, (bits - 1) / 7);
    if (extra >= 8) {
      out.u8(0xFF).number(value, 8);
      return;
    }
    long mark = (1L << extra) - 1;
    out.number(value << (extra + 1) | mark, extra + 1);
  }
}
