package io.binlogbroker.broker.kafka.flow;

import io.binlogbroker.engine.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The messages between two commits. The sink's thread adds messages and ends the span; Kafka's
 * thread only counts acknowledgements with an atomic number.
 */
public final class Span implements Callback {
  private final Callback failed;
  private final AtomicLong outstanding = new AtomicLong();
  private final List<ProducerRecord<byte[], byte[]>> states = new ArrayList<>();
  private @Nullable Position end;

  /**
   * @param failed called for each message that Kafka refused
   */
  public Span(Callback failed) {
    this.failed = failed;
  }

  /** Counts one more sent message. */
  public void add() {
    outstanding.incrementAndGet();
  }

  /** Adds a state to be written before the position. */
  public void store(ProducerRecord<byte[], byte[]> state) {
    states.add(state);
  }

  public boolean hasStates() {
    return !states.isEmpty();
  }

  /** The states to write before the position, in order. */
  public List<ProducerRecord<byte[], byte[]>> states() {
    return states;
  }

  /** Ends the span; the position is reached once all messages are acknowledged. */
  public void end(Position position) {
    end = position;
  }

  /**
   * The position if all messages are acknowledged; null while some are outstanding or may follow.
   */
  public @Nullable Position reached() {
    return outstanding.get() == 0 ? end : null;
  }

  /** A failed message stays outstanding, so no position passes it. */
  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception cause) {
    if (cause == null) {
      outstanding.decrementAndGet();
      return;
    }
    failed.onCompletion(metadata, cause);
  }
}
