package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.kafka.flow.CommittedPosition;
import io.binlogbroker.broker.kafka.flow.FirstFailure;
import io.binlogbroker.broker.kafka.flow.ProducerBuffer;
import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Exactly-once commits: messages and position become visible in one Kafka transaction, started with
 * the first message. Two producers alternate: while Kafka writes the markers of a transaction it
 * delays the next one of the same producer, but not the other's. A transaction starts after the
 * previous one is committed, so the order is that of a single producer. Used by the sink's thread,
 * except {@link #committed}.
 *
 * <p>A starting process fences others at the first producer, then at the second, reads the position
 * and starts with the first. If two start at the same time and each fences one of the other's
 * producers, the one without the first delivers nothing, and the other stops at the second.
 */
final class TransactionCommits implements Commits {
  private final List<Producer<byte[], byte[]>> producers;
  private final PositionsTopic positions;
  private final FirstFailure failure;
  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  private final CommittedPosition committed;
  private int turn;
  private boolean open;
  private long openedAt;

  /**
   * @param producers each with its own transactional id, always in the same order
   * @param committed read by the checkpoint thread
   */
  TransactionCommits(
      List<Producer<byte[], byte[]>> producers,
      PositionsTopic positions,
      FirstFailure failure,
      Duration timeout,
      LongSupplier nanoTime,
      CommittedPosition committed) {
    this.committed = committed;
    this.producers = List.copyOf(producers);
    this.positions = positions;
    this.failure = failure;
    this.timeoutNanos = timeout.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public void start() {
    producers.forEach(Producer::initTransactions);
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    return producers.get(turn);
  }

  @Override
  public void resumeFrom(@Nullable Position position) {
    committed.resumeFrom(position);
  }

  @Override
  public Callback beforeMessage() {
    if (!open) {
      producer().beginTransaction();
      open = true;
      openedAt = nanoTime.getAsLong();
    }
    return failure;
  }

  @Override
  public void store(ProducerRecord<byte[], byte[]> state) {
    send(state);
  }

  @Override
  public void commit(Position position) {
    if (!open && position.equals(committed.get())) {
      return;
    }
    Callback callback = beforeMessage();
    producer().send(positions.record(position), callback);
    producer().commitTransaction();
    open = false;
    turn = (turn + 1) % producers.size();
    committed.advance(position);
  }

  @Override
  public void flush() {
    // Nothing to flush: a completed commit is durable, and open messages become so only with the
    // next commit.
  }

  @Override
  public @Nullable Position committed() {
    return committed.get();
  }

  @Override
  public double bufferedBytes() {
    return producers.stream().mapToDouble(ProducerBuffer::usedBytes).sum();
  }

  @Override
  public boolean hasTransactionTimedOut() {
    return open && nanoTime.getAsLong() - openedAt >= timeoutNanos;
  }

  /** The one with the open transaction first; the others have nothing to wait for. */
  @Override
  public void close(Duration timeout) {
    Producer<byte[], byte[]> current = producer();
    try {
      current.close(timeout);
    } finally {
      producers.stream()
          .filter(other -> other != current)
          .forEach(other -> other.close(Duration.ZERO));
    }
  }
}
