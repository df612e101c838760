package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.MessageSink;
import org.jspecify.annotations.Nullable;

/** Passes messages to a sink and records them as uncommitted. Belongs to the relay thread. */
final class SinkOutlet implements MessageSink {
  private final ChangeSink sink;
  private final Uncommitted uncommitted;

  SinkOutlet(ChangeSink sink, Uncommitted uncommitted) {
    this.sink = sink;
    this.uncommitted = uncommitted;
  }

  @Override
  public void send(Address to, byte @Nullable [] value) {
    if (to.tombstone() && value == null) {
      return; // the format writes its own tombstones: one has already followed
    }
    hand(to, value);
    if (to.tombstone()) {
      hand(Address.of(to.destination(), to.key(), to.place()), null);
    }
  }

  /** Passes on messages of which none has a tombstone. */
  void send(MessageBlock block) {
    sink.send(block);
    uncommitted.sent(block.bytes());
  }

  private void hand(Address to, byte @Nullable [] value) {
    Message message = new Message(to, value);
    sink.send(message);
    uncommitted.sent(message.bytes());
  }
}
