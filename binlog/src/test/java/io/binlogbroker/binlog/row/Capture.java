package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/** A binary log file of a real server in the test resources. */
final class Capture implements EventFeed {
  private static final int MAGIC_BYTES = 4;

  private static final Map<TableMap, byte[]> BODIES = new IdentityHashMap<>();

  private final byte[] file;
  private final TableMaps tables = new TableMaps();
  private int position = MAGIC_BYTES;

  private Capture(byte[] file) {
    this.file = file;
  }

  static Capture named(String name) {
    return new Capture(resource(name + ".binlog.000001"));
  }

  /** The body of the TABLE_MAP event from which a table was read. */
  static byte[] bodyOf(TableMap table) {
    return BODIES.get(table);
  }

  static byte[] resource(String name) {
    try (InputStream in = Capture.class.getResourceAsStream("/vectors/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Receives each rows event. */
  interface RowsEvents {
    void take(BinlogEvent event, TableMap table);
  }

  void forEach(RowsEvents events) {
    try (EventReader reader = new EventReader(this, false, "capture.000001", 1 << 30)) {
      for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
        EventType type = event.type();
        if (type == EventType.TABLE_MAP) {
          ByteReader body = event.body();
          byte[] bytes = Arrays.copyOfRange(body.array(), body.position(), body.limit());
          BODIES.put(tables.read(body, reader.format().server()), bytes);
        } else if (type != null && type.isRows()) {
          events.take(event, tables.get(TableMaps.peekTableId(event.body())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean next(ByteReader event) {
    if (position == file.length) {
      return false;
    }
    int length = new ByteReader(file, position + 9, 4).i32();
    event.wrap(file, position, length);
    position += length;
    return true;
  }

  @Override
  public boolean ready() {
    return position < file.length;
  }
}
