package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.connection.PacketChannel;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import java.io.IOException;

/**
 * The rows of one query in the binary protocol, read one by one: numbers and times are exact.
 * Confined to its session's thread. The session accepts no other call until the result is closed.
 *
 * <p>Source: "Binary Protocol Resultset" in the MySQL internals documentation.
 */
public final class BinaryResult implements AutoCloseable {
  private static final int PREPARE = 0x16;
  private static final int EXECUTE = 0x17;
  private static final int CLOSE = 0x19;
  private static final int OK = 0x00;
  private static final int EOF = 0xFE;

  /** An EOF packet is shorter than a row, which begins with another byte. */
  private static final int EOF_BELOW = 9;

  /** The server's limit. */
  private static final int MAX_COLUMNS = 4096;

  /** The first two bits of a row's NULL bitmap are not used. */
  private static final int FIRST_BIT = 2;

  private final PacketChannel channel;
  private final Runnable whenRead;
  private final long statement;
  private final int[] types;
  private final int[] offsets;
  private final int[] lengths;
  private byte[] row = new byte[0];
  private boolean ended;

  private BinaryResult(PacketChannel channel, long statement, int[] types, Runnable whenRead) {
    this.channel = channel;
    this.statement = statement;
    this.types = types;
    this.whenRead = whenRead;
    this.offsets = new int[types.length];
    this.lengths = new int[types.length];
  }

  /**
   * Prepares and executes a query.
   *
   * @param whenRead called when the last packet of the result was read
   */
  static BinaryResult open(PacketChannel channel, String sql, Runnable whenRead)
      throws IOException {
    channel.command(
        new PayloadWriter().u8(PREPARE).text(sql).toByteArray(), "the reply to a prepare");
    ByteReader prepared = channel.receive();
    if (channel.firstByte() != OK) {
      throw channel.violation("Expected OK but got %#x".formatted(channel.firstByte()));
    }
    prepared.skip(1);
    long statement = prepared.u32();
    int columns = prepared.u16();
    int parameters = prepared.u16();
    skipDefinitions(channel, parameters);
    skipDefinitions(channel, columns);
    try {
      return execute(channel, statement, whenRead);
    } catch (ServerErrorException e) {
      free(channel, statement);
      throw e;
    }
  }

  private static BinaryResult execute(PacketChannel channel, long statement, Runnable whenRead)
      throws IOException {
    byte[] execute = new PayloadWriter().u8(EXECUTE).u32(statement).u8(0).u32(1).toByteArray();
    channel.command(execute, "the rows of a query");
    ByteReader reply = channel.receive();
    long count = channel.firstByte() == OK ? 0 : reply.lenenc();
    if (count < 1 || count > MAX_COLUMNS) {
      throw channel.violation(
          "Expected 1 to %d columns but the reply has %s"
              .formatted(MAX_COLUMNS, Long.toUnsignedString(count)));
    }
    int[] types = new int[(int) count];
    for (int i = 0; i < types.length; i++) {
      types[i] = type(channel.receive());
    }
    requireEof(channel);
    return new BinaryResult(channel, statement, types, whenRead);
  }

  private static void skipDefinitions(PacketChannel channel, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      channel.receive();
    }
    if (count > 0) {
      requireEof(channel);
    }
  }

  private static void requireEof(PacketChannel channel) throws IOException {
    if (!isEof(channel, channel.receive())) {
      throw channel.violation("Expected the end of column definitions");
    }
  }

  /** The type of a column, after six names, the length of the rest, character set and length. */
  private static int type(ByteReader definition) {
    for (int i = 0; i < 6; i++) {
      definition.skip(definition.lenencLength());
    }
    definition.skip(1 + 2 + 4);
    return definition.u8();
  }

  private static boolean isEof(PacketChannel channel, ByteReader packet) {
    return channel.firstByte() == EOF && packet.remaining() < EOF_BELOW;
  }

  /**
   * Reads the next row; the last one is no longer valid.
   *
   * @return false after the last row
   * @throws ServerErrorException if the query failed; the result is then closed
   */
  public boolean next() throws IOException {
    if (ended) {
      return false;
    }
    try {
      ByteReader packet = channel.receive();
      if (isEof(channel, packet)) {
        end();
        return false;
      }
      locate(packet);
      return true;
    } catch (ServerErrorException e) {
      end();
      throw e;
    }
  }

  private void locate(ByteReader packet) throws IOException {
    packet.skip(1);
    row = packet.array();
    int nulls = packet.position();
    packet.skip((types.length + FIRST_BIT + 7) / 8);
    for (int i = 0; i < types.length; i++) {
      int bit = i + FIRST_BIT;
      if ((row[nulls + (bit >> 3)] >> (bit & 7) & 1) != 0) {
        lengths[i] = -1;
        continue;
      }
      int length = length(packet, types[i]);
      offsets[i] = packet.position();
      lengths[i] = length;
      packet.skip(length);
    }
    if (packet.remaining() > 0) {
      throw channel.violation(
          "Expected %d values in a row but %d bytes follow"
              .formatted(types.length, packet.remaining()));
    }
  }

  private static int length(ByteReader packet, int type) {
    return switch (type) {
      case 1 -> 1; // TINY
      case 2, 13 -> 2; // SHORT, YEAR
      case 3, 4, 9 -> 4; // LONG, FLOAT, INT24
      case 5, 8 -> 8; // DOUBLE, LONGLONG
      case 7, 10, 11, 12 -> packet.u8(); // TIMESTAMP, DATE, TIME, DATETIME
      case 6 -> 0; // NULL
      default -> packet.lenencLength();
    };
  }

  /** Whether a value of the current row is NULL. */
  public boolean isNull(int column) {
    return lengths[column] < 0;
  }

  /** The array that contains the current row's values; valid until the next row is read. */
  public byte[] array() {
    return row;
  }

  /** Offset in the array of a value that is not NULL, without its length. */
  public int offset(int column) {
    return offsets[column];
  }

  /** Length in bytes of a value that is not NULL. */
  public int length(int column) {
    return lengths[column];
  }

  private void end() throws IOException {
    ended = true;
    free(channel, statement);
    whenRead.run();
  }

  /** The server does not reply. */
  private static void free(PacketChannel channel, long statement) throws IOException {
    channel.command(new PayloadWriter().u8(CLOSE).u32(statement).toByteArray(), "nothing");
  }

  /** Leaves the remaining rows unread: the session can only be closed then. */
  public void abandon() {
    ended = true;
  }

  /** Reads the rows that are left, and frees the statement. */
  @Override
  public void close() throws IOException {
    while (next()) {
      continue;
    }
  }
}
