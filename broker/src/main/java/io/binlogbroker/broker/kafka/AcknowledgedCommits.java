package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.kafka.flow.CommittedPosition;
import io.binlogbroker.broker.kafka.flow.FirstFailure;
import io.binlogbroker.broker.kafka.flow.ProducerBuffer;
import io.binlogbroker.broker.kafka.flow.Span;
import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * At-least-once commits: a position is written when every message before it is acknowledged, so it
 * may lag but is never ahead. It is written by the sink thread's next call, because a callback on
 * Kafka's own thread must not send.
 */
final class AcknowledgedCommits implements Commits {
  private final Producer<byte[], byte[]> producer;
  private final PositionsTopic positions;
  private final FirstFailure failure;
  private final CommittedPosition committed;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Deque<Span> ended = new ArrayDeque<>();
  private Span current;
  private @Nullable Position newest;

  /**
   * @param committed advanced by Kafka's thread
   */
  AcknowledgedCommits(
      Producer<byte[], byte[]> producer,
      PositionsTopic positions,
      FirstFailure failure,
      CommittedPosition committed) {
    this.committed = committed;
    this.producer = producer;
    this.positions = positions;
    this.failure = failure;
    this.current = new Span(this::stop);
  }

  @Override
  public void start() {
    // Without transactional ids Kafka does not fence; the lock and the election exclude other
    // processes.
  }

  @Override
  public void resumeFrom(@Nullable Position position) {
    newest = position;
    committed.resumeFrom(position);
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

  /** Written like a position: only when every message before it is acknowledged. */
  @Override
  public void store(ProducerRecord<byte[], byte[]> state) {
    current.store(state);
  }

  @Override
  public void commit(Position position) {
    if (!position.equals(newest) || current.hasStates()) {
      newest = position;
      current.end(position);
      ended.add(current);
      current = new Span(this::stop);
    }
    advance();
  }

  /** Flushes the messages, then the position that they allow. */
  @Override
  public void flush() {
    producer.flush();
    advance();
    producer.flush();
  }

  @Override
  public @Nullable Position committed() {
    return committed.get();
  }

  @Override
  public double bufferedBytes() {
    return ProducerBuffer.usedBytes(producer);
  }

  @Override
  public boolean hasTransactionTimedOut() {
    return false;
  }

  @Override
  public void close(Duration timeout) {
    producer.close(timeout);
  }

  /** Writes the last position whose messages are all acknowledged, if it is new. */
  private void advance() {
    Position reached = null;
    for (Span span = ended.peek(); span != null; span = ended.peek()) {
      Position position = span.reached();
      if (position == null) {
        break;
      }
      reached = position;
      ended.remove().states().forEach(state -> producer.send(state, failure));
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
      committed.advance(position);
      return;
    }
    stop(metadata, cause);
  }

  /**
   * Closes the producer at once, in the callback on Kafka's thread: queued later messages must not
   * be sent after one that failed.
   */
  private void stop(@Nullable RecordMetadata metadata, @Nullable Exception cause) {
    failure.onCompletion(metadata, cause);
    if (stopped.compareAndSet(false, true)) {
      producer.close(Duration.ZERO);
    }
  }
}
