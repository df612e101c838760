package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.binlog.row.TextFaults;
import java.io.IOException;
import java.util.List;

/** Goes through the rows of the sample as the broker goes through those of the stream. */
final class SampleRows implements AutoCloseable {
  /** Gets {@link BinlogRows} that stand on a row. */
  interface Visitor {
    void visit(BinlogRows rows);
  }

  private final List<SampleEvent> events;
  private final ByteReader reader = new ByteReader();
  private final BinlogRows rows = new BinlogRows(table -> null, TextFaults.IGNORED, 1 << 24);

  SampleRows(String schema) throws IOException {
    this.events = Sample.of(schema);
  }

  void forEach(Visitor visitor) {
    for (SampleEvent event : events) {
      reader.wrap(event.body(), 0, event.body().length);
      rows.open(reader, event.type(), event.table());
      while (rows.next()) {
        visitor.visit(rows);
      }
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
