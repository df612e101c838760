package io.binlogbroker.engine.format.json;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.engine.format.cell.JsonCellWriter;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.OutputBuffer;

/** Writes cells as members of a JSON object, in the encodings of {@code json}. One thread. */
public final class JsonCellSink extends JsonCellWriter {
  public JsonCellSink(OutputBuffer out, JsonTable table) {
    super(out, table);
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    openQuoted(column);
    text.timestamp(column, seconds, micros);
    closeQuoted();
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    name(column);
    text.geometry(srid, wkb, offset, length);
  }
}
