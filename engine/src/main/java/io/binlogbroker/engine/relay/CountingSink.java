package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.metrics.Counter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of messages for the table and action whose row was written last. Belongs to the
 * relay thread.
 */
final class CountingSink implements MessageSink {
  private @Nullable MessageSink target;
  private Counter bytes = new Counter();

  /** A sink for the messages of a row of this counter's table and action. */
  MessageSink of(Counter counter, MessageSink out) {
    bytes = counter;
    return to(out);
  }

  /** A sink for the messages of rows that were written before and buffered. */
  MessageSink to(MessageSink out) {
    target = out;
    return this;
  }

  @Override
  public void send(Address to, byte @Nullable [] value) {
    bytes.add(to.key().length + (value == null ? 0 : value.length));
    Objects.requireNonNull(target).send(to, value);
  }
}
