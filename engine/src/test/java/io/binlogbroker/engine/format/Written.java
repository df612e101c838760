package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records the messages that formats write. One thread. */
public final class Written implements MessageSink {
  public static final Address TO = Address.of("mall_db", new byte[] {'7'}, null);

  private final List<Message> messages = new ArrayList<>();

  public record Message(Address to, byte @Nullable [] value) {}

  @Override
  public void send(Address to, byte @Nullable [] value) {
    messages.add(new Message(to, value));
  }

  public List<Message> messages() {
    return messages;
  }

  /** The first message of a change that is a whole transaction. */
  public static byte[] one(
      MessageFormat format,
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after) {
    Written written = new Written();
    format.write(plan, context, operation, before, after, TO, written);
    format.endEvent(written);
    format.endTransaction(written);
    return Objects.requireNonNull(written.messages.get(0).value());
  }
}
