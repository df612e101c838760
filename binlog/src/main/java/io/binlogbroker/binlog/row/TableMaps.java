package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.ServerVersion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tables by the table ids of a binary log file. A TABLE_MAP that repeats the previous one of
 * its id costs a byte comparison, one that repeats another id's costs a lookup. Confined to the
 * thread that reads the stream.
 */
public final class TableMaps {
  private static final int ID_BYTES = 6;

  private final LatestUsed<Long, Entry> byId = new LatestUsed<>(TableWeight.MOST);
  private final LatestUsed<Content, Known> byContent = new LatestUsed<>(TableWeight.MOST);
  private @Nullable Entry last;

  /** Removes all ids; called at each FORMAT_DESCRIPTION and ROTATE, where ids may be reused. */
  public void clear() {
    byId.clear();
    last = null;
  }

  /**
   * Reads a TABLE_MAP.
   *
   * @param body the event without header and checksum
   * @return the same object as before if the bytes are the same; also with another id, if the
   *     TABLE_MAP is complete
   */
  public TableMap read(ByteReader body, ServerVersion server) {
    long id = peekTableId(body);
    Entry entry = entry(id);
    if (entry == null || !entry.known.content.isOf(body, server)) {
      entry = new Entry(id, known(Content.of(body, server), body));
      entry.known.map.forgetVirtual();
      byId.put(id, entry, entry.known.weight());
    }
    last = entry;
    return entry.known.map;
  }

  /**
   * A server with more tables than its table cache can hold reopens them continually, each time
   * with a new id, so compiled layouts are kept by content. Those that depend on the server's
   * schema are not kept, because it may have changed.
   */
  private Known known(Content content, ByteReader body) {
    Known before = byContent.get(content);
    if (before != null) {
      return before;
    }
    Known known = new Known(content, TableMap.read(body, content.server));
    if (known.map.isReadable() && PlanCompiler.isSelfContained(known.map)) {
      byContent.put(content, known, known.weight());
    }
    return known;
  }

  /** The table of an id; null if there was no TABLE_MAP. */
  public @Nullable TableMap get(long tableId) {
    Entry entry = entry(tableId);
    return entry == null ? null : entry.known.map;
  }

  /** The table id at the start of a rows event, whose reader is not advanced. */
  public static long peekTableId(ByteReader body) {
    if (body.remaining() < ID_BYTES) {
      throw new MalformedBytesException(
          "Expected " + ID_BYTES + " bytes of table id but " + body.remaining() + " are left");
    }
    return Endian.little(body.array(), body.position(), ID_BYTES);
  }

  private @Nullable Entry entry(long id) {
    Entry latest = last;
    return latest != null && latest.id == id ? latest : byId.get(id);
  }

  private record Entry(long id, Known known) {}

  /** A table and the bytes of its TABLE_MAP; several ids can share it. */
  private record Known(Content content, TableMap map) {
    long weight() {
      return TableWeight.of(map.columnCount(), content.bytes.length);
    }
  }

  /** The bytes of a TABLE_MAP after its id, and the server that wrote them. */
  private static final class Content {
    private final byte[] bytes;
    private final ServerVersion server;
    private final int hash;

    private Content(byte[] bytes, ServerVersion server) {
      this.bytes = bytes;
      this.server = server;
      this.hash = Arrays.hashCode(bytes);
    }

    static Content of(ByteReader body, ServerVersion server) {
      int from = body.position() + ID_BYTES;
      return new Content(Arrays.copyOfRange(body.array(), from, body.limit()), server);
    }

    boolean isOf(ByteReader body, ServerVersion server) {
      int from = body.position() + ID_BYTES;
      return this.server.equals(server)
          && Arrays.equals(bytes, 0, bytes.length, body.array(), from, body.limit());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content content
          && hash == content.hash
          && Arrays.equals(bytes, content.bytes)
          && server.equals(content.server);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
