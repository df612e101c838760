package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.binlog.row.column.TextFaults;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Iterates over the rows of the sample as the broker does over those of the stream. */
@State(Scope.Thread)
public class SampleRows {
  /** Receives {@link BinlogRows} positioned at a row. */
  public interface Visitor {
    void visit(BinlogRows rows);
  }

  /** The schema of a load. */
  @Param({"sbtest", "wide"})
  public String schema = "";

  private List<SampleEvent> events = List.of();
  private final ByteReader reader = new ByteReader();
  private final BinlogRows rows = new BinlogRows(table -> null, TextFaults.IGNORED, 1 << 24);

  @Setup
  public void read() throws IOException {
    events = Sample.of(schema);
  }

  public void forEach(Visitor visitor) {
    for (SampleEvent event : events) {
      reader.wrap(event.body(), 0, event.body().length);
      rows.open(reader, event.type(), event.table());
      while (rows.next()) {
        visitor.visit(rows);
      }
    }
  }

  @TearDown
  public void close() {
    rows.close();
  }
}
