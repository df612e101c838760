package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.MessageSink;
import org.jspecify.annotations.Nullable;

/** Hands messages to a sink and counts their bytes. Belongs to the relay thread. */
final class SinkOutlet implements MessageSink {
  private final ChangeSink sink;
  private long bytes;

  SinkOutlet(ChangeSink sink) {
    this.sink = sink;
  }

  @Override
  public void send(Address to, byte @Nullable [] value) {
    if (to.tombstone() && value == null) {
      return; // of a format with tombstones of its own: it has followed already
    }
    hand(to, value);
    if (to.tombstone()) {
      hand(Address.of(to.destination(), to.key(), to.place()), null);
    }
  }

  private void hand(Address to, byte @Nullable [] value) {
    Message message = new Message(to, value);
    sink.send(message);
    bytes += message.bytes();
  }

  /** Of all messages since the last call. */
  long takeBytes() {
    long taken = bytes;
    bytes = 0;
    return taken;
  }
}
