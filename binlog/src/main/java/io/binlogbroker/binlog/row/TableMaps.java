package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.ServerVersion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the ids that a binary log file has used. A TABLE_MAP that repeats the last one of
 * its id costs a comparison of bytes. Belongs to the thread that reads the stream.
 */
public final class TableMaps {
  private static final int ID_BYTES = 6;

  /**
   * A server with more tables than its table cache holds gives them new ids all the time, a million
   * in one file. Far more than one statement can open, and those alone must be known.
   */
  private static final int MAX_IDS = 10_000;

  private final Map<Long, Entry> byId = new LatestUsed();
  private Entry last = new Entry(-1, new byte[0], null);

  /** Forgets all ids; due at each FORMAT_DESCRIPTION and ROTATE, where ids may start anew. */
  public void clear() {
    byId.clear();
    last = new Entry(-1, new byte[0], null);
  }

  /**
   * Takes a TABLE_MAP in.
   *
   * @param body what follows the event's header, without the checksum
   * @return the very same object as before when the bytes are the same
   */
  public TableMap read(ByteReader body, ServerVersion server) {
    int from = body.position();
    int to = body.limit();
    byte[] array = body.array();
    long id = peekTableId(body);
    Entry known = entry(id);
    if (known != null
        && known.map != null
        && Arrays.equals(known.bytes, 0, known.bytes.length, array, from, to)) {
      last = known;
      return known.map;
    }
    TableMap map = TableMap.read(body, server);
    last = new Entry(id, Arrays.copyOfRange(array, from, to), map);
    byId.put(id, last);
    return map;
  }

  /** The table that an id means now; null when no TABLE_MAP told. */
  public @Nullable TableMap get(long tableId) {
    Entry entry = entry(tableId);
    return entry == null ? null : entry.map;
  }

  /** The table id that starts a rows event, which is not moved. */
  public static long peekTableId(ByteReader body) {
    if (body.remaining() < ID_BYTES) {
      throw new MalformedBytesException(
          "Expected " + ID_BYTES + " bytes of table id but " + body.remaining() + " are left");
    }
    return Endian.little(body.array(), body.position(), ID_BYTES);
  }

  private @Nullable Entry entry(long id) {
    return last.id == id ? last : byId.get(id);
  }

  /** Forgets the id that was not used for the longest time. */
  @SuppressWarnings("serial")
  private static final class LatestUsed extends LinkedHashMap<Long, Entry> {
    LatestUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Entry> eldest) {
      return size() > MAX_IDS;
    }
  }

  private record Entry(long id, byte[] bytes, @Nullable TableMap map) {}
}
