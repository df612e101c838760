package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * At least once: a position is written when every message before it is acknowledged, so it may lag
 * but never leads. It is written by the sink thread's next call, because a callback on Kafka's own
 * thread must not send.
 */
final class AcknowledgedCommits implements Commits {
  private final Producer<byte[], byte[]> producer;
  private final PositionsTopic positions;
  private final FirstFailure failure;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Deque<Span> ended = new ArrayDeque<>();
  private Span current;
  private @Nullable Position newest;

  // Set by Kafka's thread.
  private volatile @Nullable Position committed;

  AcknowledgedCommits(
      Producer<byte[], byte[]> producer, PositionsTopic positions, FirstFailure failure) {
    this.producer = producer;
    this.positions = positions;
    this.failure = failure;
    this.current = new Span(this::stop);
  }

  @Override
  public void start() {
    // Kafka fences by transactional ids only; the lock and the election keep others away here.
  }

  @Override
  public void goOnFrom(@Nullable Position position) {
    newest = position;
    committed = position;
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  @Override
  public Callback beforeMessage() {
    advance();
    current.add();
    return current;
  }

  @Override
  public void commit(Position position) {
    if (!position.equals(newest)) {
      newest = position;
      current.end(position);
      ended.add(current);
      current = new Span(this::stop);
    }
    advance();
  }

  /** First the messages, then the position that they let pass. */
  @Override
  public void flush() {
    producer.flush();
    advance();
    producer.flush();
  }

  @Override
  public @Nullable Position committed() {
    return committed;
  }

  @Override
  public boolean hasOutlivedTransaction() {
    return false;
  }

  @Override
  public void close(Duration patience) {
    producer.close(patience);
  }

  /** Writes the last position of the acknowledged prefix, if there is a new one. */
  private void advance() {
    Position reached = null;
    for (Span span = ended.peek(); span != null; span = ended.peek()) {
      Position position = span.reached();
      if (position == null) {
        break;
      }
      reached = position;
      ended.remove();
    }
    if (reached != null) {
      write(reached);
    }
  }

  private void write(Position position) {
    producer.send(
        positions.record(position), (metadata, cause) -> wrote(position, metadata, cause));
  }

  private void wrote(
      Position position, @Nullable RecordMetadata metadata, @Nullable Exception cause) {
    if (cause == null) {
      committed = position;
      return;
    }
    stop(metadata, cause);
  }

  /**
   * Ends the producer at once, from within the callback on Kafka's thread: later messages that
   * still wait must not overtake the one that failed.
   */
  private void stop(@Nullable RecordMetadata metadata, @Nullable Exception cause) {
    failure.onCompletion(metadata, cause);
    if (stopped.compareAndSet(false, true)) {
      producer.close(Duration.ZERO);
    }
  }
}
