package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.connection.PacketChannel;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends one statement in the text protocol and reads the reply. One use, one thread. */
final class TextQuery {
  private static final int COMMAND = 0x03;
  private static final int OK = 0x00;
  private static final int NULL = 0xFB;
  private static final int LOCAL_FILE = 0xFB;
  private static final int EOF = 0xFE;

  /** An EOF packet is shorter than a row whose first value has a nine-byte length. */
  private static final int EOF_BELOW = 9;

  private static final int MAX_SHOWN = 80;

  /** The server's limit. */
  private static final int MAX_COLUMNS = 4096;

  /** Memory of a value or a row besides its bytes. */
  private static final int OVERHEAD = 32;

  private final PacketChannel channel;
  private long resultSize;

  TextQuery(PacketChannel channel) {
    this.channel = channel;
  }

  QueryResult rows(String sql) throws IOException {
    ByteReader reply = send(sql);
    if (channel.firstByte() == OK) {
      throw channel.violation("Expected rows but the statement returns none");
    }
    List<String> columns = columns(reply.lenenc());
    List<Row> rows = new ArrayList<>();
    ByteReader packet = channel.receive();
    while (!isEof(packet)) {
      rows.add(new Row(columns, values(packet, columns.size())));
      packet = channel.receive();
    }
    return new QueryResult(columns, rows);
  }

  OkResult run(String sql) throws IOException {
    ByteReader reply = send(sql);
    if (channel.firstByte() != OK) {
      throw channel.violation("Expected no rows but the statement returns some");
    }
    reply.skip(1);
    return OkResult.read(reply);
  }

  private ByteReader send(String sql) throws IOException {
    String shown = sql.length() > MAX_SHOWN ? sql.substring(0, MAX_SHOWN) + "..." : sql;
    byte[] payload = new PayloadWriter().u8(COMMAND).text(sql).toByteArray();
    channel.command(payload, "the reply to \"" + shown + "\"");
    ByteReader reply = channel.receive();
    if (channel.firstByte() == LOCAL_FILE) {
      throw channel.violation("Expected a result but the server requests a local file");
    }
    return reply;
  }

  private List<String> columns(long count) throws IOException {
    if (count < 1 || count > MAX_COLUMNS) {
      throw channel.violation(
          "Expected 1 to %d columns but the reply has %s"
              .formatted(MAX_COLUMNS, Long.toUnsignedString(count)));
    }
    List<String> names = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      ByteReader definition = channel.receive();
      addToSize(definition.remaining() + OVERHEAD);
      names.add(name(definition));
    }
    ByteReader packet = channel.receive();
    if (!isEof(packet)) {
      throw channel.violation("Expected the end of %d column definitions".formatted(count));
    }
    return names;
  }

  /** Reads a column's name in the result, after the names of catalog, schema and tables. */
  private static String name(ByteReader definition) {
    for (int i = 0; i < 4; i++) {
      definition.skip(definition.lenencLength());
    }
    return definition.lenencUtf8();
  }

  /** A result is kept in memory and the server determines its size. */
  private void addToSize(long bytes) throws IOException {
    resultSize += bytes;
    if (resultSize > channel.maxPayload()) {
      throw channel.violation(
          "The result needs more memory than %d bytes (MaxEventSize); fix: increase MaxEventSize and the heap"
              .formatted(channel.maxPayload()));
    }
  }

  private byte[] @Nullable [] values(ByteReader packet, int count) throws IOException {
    addToSize(packet.remaining() + (count + 1L) * OVERHEAD);
    byte[] @Nullable [] values = new byte[count][];
    for (int i = 0; i < count; i++) {
      // MySQL's list of replicas omits the last value if a replica's UUID is unknown.
      boolean omitted = i > 0 && i == count - 1 && packet.remaining() == 0;
      values[i] = omitted ? null : value(packet);
    }
    if (packet.remaining() > 0) {
      throw channel.violation(
          "Expected %d values in a row but %d bytes follow".formatted(count, packet.remaining()));
    }
    return values;
  }

  private static byte @Nullable [] value(ByteReader packet) {
    if (packet.remaining() > 0 && (packet.array()[packet.position()] & 0xFF) == NULL) {
      packet.skip(1);
      return null;
    }
    return packet.bytes(packet.lenencLength());
  }

  private boolean isEof(ByteReader packet) {
    return channel.firstByte() == EOF && packet.remaining() < EOF_BELOW;
  }
}
