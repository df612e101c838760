package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.Position;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The messages between two commits. The sink's thread adds and ends it; Kafka's thread only counts
 * acknowledgements down, through one atomic number.
 */
final class Span implements Callback {
  private final Callback failed;
  private final AtomicLong outstanding = new AtomicLong();
  private @Nullable Position end;

  /**
   * @param failed told of each message that Kafka did not take
   */
  Span(Callback failed) {
    this.failed = failed;
  }

  /** One more message is on its way. */
  void add() {
    outstanding.incrementAndGet();
  }

  /** Nothing follows; the position holds once all is acknowledged. */
  void end(Position position) {
    end = position;
  }

  /** The position that holds now; null while messages are on their way or may follow. */
  @Nullable Position reached() {
    return outstanding.get() == 0 ? end : null;
  }

  /** A message that failed stays outstanding for ever, so no position passes it. */
  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception cause) {
    if (cause == null) {
      outstanding.decrementAndGet();
      return;
    }
    failed.onCompletion(metadata, cause);
  }
}
