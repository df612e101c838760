package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageSink;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code null>1/7 more}, or {@code last} for the transaction's last row, so that each row is
 * buffered until the next.
 */
final class HoldingFormat implements MessageFormat {
  private @Nullable Address to;
  private String held = "";

  @Override
  public void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    release(out);
    this.to = to;
    held = before + ">" + after;
  }

  @Override
  public void endTransaction(MessageSink out) {
    give(" last", out);
  }

  @Override
  public void release(MessageSink out) {
    give(" more", out);
  }

  private void give(String end, MessageSink out) {
    if (to != null) {
      out.send(to, (held + end).getBytes(UTF_8));
      to = null;
    }
  }

  @Override
  public boolean isHolding() {
    return to != null;
  }

  @Override
  public void discard() {
    to = null;
  }
}
