package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Exactly once: messages and position become visible in one Kafka transaction, begun with the first
 * message. Two producers take turns, a transaction each: while Kafka writes the markers of one's
 * transaction it puts off the next of the same producer, but not the other's. A transaction begins
 * when the one before is committed, so all is in order as if there were one producer. The sink's
 * thread, but for {@link #committed}.
 *
 * <p>Whoever starts shuts out others at the first producer, then at the second, reads the position
 * and begins with the first. So where two start at the same time and shut each other out by halves,
 * the one without the first producer delivers nothing, and the other stops at the second.
 */
final class TransactionCommits implements Commits {
  private final List<Producer<byte[], byte[]>> producers;
  private final PositionsTopic positions;
  private final FirstFailure failure;
  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  // Asked for by the checkpoint thread.
  private volatile @Nullable Position committed;
  private int turn;
  private boolean open;
  private long openedAt;

  /**
   * @param producers each with a transactional id of its own, always in the same order
   */
  TransactionCommits(
      List<Producer<byte[], byte[]>> producers,
      PositionsTopic positions,
      FirstFailure failure,
      Duration timeout,
      LongSupplier nanoTime) {
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
  public void goOnFrom(@Nullable Position position) {
    committed = position;
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
  public void commit(Position position) {
    if (!open && position.equals(committed)) {
      return;
    }
    Callback told = beforeMessage();
    producer().send(positions.record(position), told);
    producer().commitTransaction();
    open = false;
    committed = position;
    turn = (turn + 1) % producers.size();
  }

  @Override
  public void flush() {
    // A commit that returned is durable, and what is open becomes so only by a commit.
  }

  @Override
  public @Nullable Position committed() {
    return committed;
  }

  @Override
  public boolean hasOutlivedTransaction() {
    return open && nanoTime.getAsLong() - openedAt >= timeoutNanos;
  }

  /** That of the open transaction first; the others have nothing to wait for. */
  @Override
  public void close(Duration patience) {
    Producer<byte[], byte[]> current = producer();
    try {
      current.close(patience);
    } finally {
      producers.stream()
          .filter(other -> other != current)
          .forEach(other -> other.close(Duration.ZERO));
    }
  }
}
