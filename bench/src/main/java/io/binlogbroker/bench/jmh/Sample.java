package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.row.TableMaps;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The rows events of the benchmark loads, from a binary log of MySQL 8.0.33. One thread. */
final class Sample {
  /** Number of row changes in each schema. */
  static final int ROWS = 100;

  private static final String FILE = "/sample.binlog";

  private final String schema;
  private final TableMaps tables = new TableMaps();
  private final List<SampleEvent> events = new ArrayList<>();

  private Sample(String schema) {
    this.schema = schema;
  }

  static List<SampleEvent> of(String schema) throws IOException {
    Sample sample = new Sample(schema);
    try (EventReader reader = new EventReader(new FileFeed(file()), false, FILE, 1 << 24)) {
      for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
        sample.read(event, reader);
      }
    }
    return sample.events;
  }

  private void read(BinlogEvent event, EventReader reader) {
    EventType type = event.type();
    ByteReader body = event.body();
    if (type == EventType.TABLE_MAP) {
      tables.read(body, reader.format().server());
    } else if (type != null && type.isRows()) {
      TableMap table = Objects.requireNonNull(tables.get(TableMaps.peekTableId(body)));
      add(type, table, body);
    }
  }

  private void add(EventType type, TableMap table, ByteReader body) {
    if (table.schema().equals(schema)) {
      byte[] bytes = Arrays.copyOfRange(body.array(), body.position(), body.limit());
      events.add(new SampleEvent(type, table, bytes));
    }
  }

  private static byte[] file() throws IOException {
    try (InputStream in = Sample.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(in, FILE).readAllBytes();
    }
  }
}
