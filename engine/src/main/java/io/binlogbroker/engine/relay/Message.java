package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.RowPlace;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way: the sink keeps the arrays, so they are never written again.
 *
 * @param to where it goes
 * @param value message bytes; null for a tombstone
 */
public record Message(Address to, byte @Nullable [] value) {
  public static Message of(
      String topic, byte[] key, byte @Nullable [] value, @Nullable RowPlace place) {
    return new Message(Address.of(topic, key, place), value);
  }

  public String topic() {
    return to.topic();
  }

  public byte[] key() {
    return to.key();
  }

  /** The row that it is about; null when it is about none. */
  public @Nullable RowPlace place() {
    return to.place();
  }

  /** Of key and value. */
  public long bytes() {
    return to.key().length + (value == null ? 0L : value.length);
  }
}
