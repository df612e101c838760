package io.binlogbroker.engine.format;

import org.jspecify.annotations.Nullable;

/** Receives the complete messages of a format, in order. Called by the relay thread. */
@FunctionalInterface
public interface MessageSink {
  /**
   * @param value a new array, null for a tombstone
   */
  void send(Address to, byte @Nullable [] value);
}
