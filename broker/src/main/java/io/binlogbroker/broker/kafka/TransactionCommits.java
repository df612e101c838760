package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.relay.Position;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Exactly once: messages and position become visible in one Kafka transaction, begun with the first
 * message. The sink's thread, but for {@link #committed}.
 */
final class TransactionCommits implements Commits {
  private final Producer<byte[], byte[]> producer;
  private final PositionsTopic positions;
  private final FirstFailure failure;
  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  private final MarkerPause pause;
  // Asked for by the checkpoint thread.
  private volatile @Nullable Position committed;
  private boolean open;
  private long openedAt;

  TransactionCommits(
      Producer<byte[], byte[]> producer,
      PositionsTopic positions,
      FirstFailure failure,
      Duration timeout,
      LongSupplier nanoTime) {
    this.producer = producer;
    this.positions = positions;
    this.failure = failure;
    this.timeoutNanos = timeout.toNanos();
    this.nanoTime = nanoTime;
    this.pause = new MarkerPause(nanoTime, LockSupport::parkNanos);
  }

  @Override
  public void start() {
    producer.initTransactions();
  }

  @Override
  public void goOnFrom(@Nullable Position position) {
    committed = position;
  }

  @Override
  public Callback beforeMessage() {
    if (!open) {
      pause.await();
      producer.beginTransaction();
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
    producer.send(positions.record(position), beforeMessage());
    pause.after(producer::commitTransaction);
    open = false;
    committed = position;
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
}
