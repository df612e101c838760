package io.binlogbroker.broker.relay;

import org.jspecify.annotations.Nullable;

/**
 * One message on its way: the sink keeps the arrays, so they are never written again.
 *
 * @param topic where it goes
 * @param key partition key bytes
 * @param value message bytes; null for a tombstone
 * @param otherKey the key on the other side of a key change, or null
 * @param half which half of a key change it is; null when it is none
 * @param place of the row that it tells of, null when it tells of none
 */
public record Message(
    String topic,
    byte[] key,
    byte @Nullable [] value,
    byte @Nullable [] otherKey,
    @Nullable Half half,
    @Nullable RowPlace place) {
  /** The halves of an UPDATE that changed the partition key. */
  public enum Half {
    /** A delete under the old key; {@code otherKey} is the new one. */
    LEAVES,
    /** An insert under the new key; {@code otherKey} is the old one. */
    ARRIVES
  }

  public static Message of(String topic, byte[] key, byte[] value, @Nullable RowPlace place) {
    return new Message(topic, key, value, null, null, place);
  }

  /** Of key and value. */
  public long bytes() {
    return key.length + (value == null ? 0L : value.length);
  }
}
