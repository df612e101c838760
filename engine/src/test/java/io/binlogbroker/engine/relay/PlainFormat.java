package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageSink;
import org.jspecify.annotations.Nullable;

/** Writes {@code mall.goods INSERT null>1/7 at binlog.000001:104 row 0}. */
final class PlainFormat implements MessageFormat {
  @Override
  public void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out) {
    out.send(to, message(plan, context, operation, before, after));
  }

  private static byte[] message(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after) {
    return "%s.%s %s %s>%s at %s:%d row %d"
        .formatted(
            plan.schema(),
            plan.table(),
            operation,
            before,
            after,
            context.file(),
            context.offset(),
            context.row())
        .getBytes(UTF_8);
  }
}
