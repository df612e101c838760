package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.KeyWriter;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.TextKeyWriter;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.trim.CellFinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins messages and keys with a zero byte, as formats with a schema id do, so that neither is
 * text.
 */
final class FramedFormat implements MessageFormat {
  static final CellFinder CELLS = message -> List.of();

  @Override
  public void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    out.send(to, new byte[] {0, (byte) operation.ordinal()});
  }

  @Override
  public KeyWriter keys(RowPlan plan, List<Integer> columns) {
    return new FramedKeys(new TextKeyWriter(plan, columns));
  }

  @Override
  public CellFinder cells() {
    return CELLS;
  }

  private record FramedKeys(KeyWriter text) implements KeyWriter {
    @Override
    public byte[] ofTable() {
      return new byte[] {0};
    }

    @Override
    public void cell(int index, RowImage image, OutputBuffer key) {
      key.put((char) 0);
      text.cell(index, image, key);
    }
  }
}
