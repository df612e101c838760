package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.RowPlace;
import org.jspecify.annotations.Nullable;

/**
 * A message for the sink. The sink keeps the arrays, so they must not be modified.
 *
 * @param to destination, key and headers
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

  /** The origin of the row; null when the message is not about a row. */
  public @Nullable RowPlace place() {
    return to.place();
  }

  /** The size of key and value in bytes. */
  public long bytes() {
    return to.key().length + (value == null ? 0L : value.length);
  }
}
