package io.binlogbroker.engine.format.maxwell;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.engine.format.cell.JsonCellWriter;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.OutputBuffer;

/** Writes cells as members of a JSON object, as Maxwell does. One thread. */
public final class MaxwellCellSink extends JsonCellWriter {
  private static final byte[] EMPTY = OutputBuffer.ascii("\"\"");

  private final WellKnownText wellKnown;

  public MaxwellCellSink(OutputBuffer out, JsonTable table) {
    super(out, table);
    this.wellKnown = new WellKnownText(out);
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    name(column);
    out.put(ascii, offset, length);
  }

  /** Writes a label, which already has quotes. */
  @Override
  public void enumeration(Column column, int ordinal) {
    name(column);
    if (ordinal == 0) {
      out.put(EMPTY);
      return;
    }
    labels().enumeration(column, ordinal, out);
  }

  @Override
  public void set(Column column, long bits) {
    name(column);
    out.put('[');
    labels().set(column, bits, out);
    out.put(']');
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    openQuoted(column);
    wellKnown.write(plan(), column, wkb, offset, length);
    closeQuoted();
  }
}
