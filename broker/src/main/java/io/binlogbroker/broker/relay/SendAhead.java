package io.binlogbroker.broker.relay;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread of its own, {@code sender}, carry out what the relay thread hands over, in order:
 * the next rows are read and written while Kafka's client takes the ones before and while it
 * commits. The sink behind it belongs to the relay thread until it is open and once the sender has
 * ended, and to the sender between.
 */
public final class SendAhead implements ChangeSink {
  private static final Duration ORDERLY_END = Duration.ofSeconds(2);
  private static final Duration INTERRUPTED_END = Duration.ofSeconds(1);

  private final ChangeSink sink;
  private final BooleanSupplier mayWork;
  private final Handover handover = new Handover();
  private final Thread sender = new Thread(this::carryOut, "sender");
  private Batch batch = new Batch();

  /**
   * @param mayWork whether to deliver and commit; once false, everything handed over fails
   */
  public SendAhead(ChangeSink sink, BooleanSupplier mayWork) {
    this.sink = sink;
    this.mayWork = mayWork;
    sender.setDaemon(true);
  }

  @Override
  public @Nullable Position open() {
    Position last = sink.open();
    sender.start();
    return last;
  }

  @Override
  public void send(Message message) {
    batch.add(message);
    if (batch.isFull()) {
      handOver();
    }
  }

  @Override
  public void commit(Position position) {
    batch.commit(position);
    handOver();
  }

  @Override
  public void catchUp() {
    if (!batch.isEmpty()) {
      handOver();
    }
    try {
      handover.awaitDone();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void flush() {
    catchUp();
    sink.flush();
  }

  @Override
  public @Nullable Position committed() {
    return sink.committed();
  }

  /** What the sender has not begun is dropped; what it does now it may finish, in bounded time. */
  @Override
  public void close() {
    handover.close();
    endSender();
    sink.close();
  }

  private void handOver() {
    Batch full = batch;
    batch = new Batch();
    try {
      handover.put(full);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RelayException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return RelayException.passing(ExitCode.INTERNAL, "Interrupted while Kafka was waited for", e);
  }

  private void endSender() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!interrupted) {
        sender.join(ORDERLY_END.toMillis());
      }
      sender.interrupt();
      sender.join(INTERRUPTED_END.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
      sender.interrupt();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void carryOut() {
    try {
      for (Batch next = handover.take(); next != null; next = handover.take()) {
        carryOut(next);
        handover.done(next);
      }
    } catch (InterruptedException e) {
      handover.close(); // only close() interrupts
    } catch (RuntimeException | Error e) {
      handover.fail(e instanceof RelayException told ? told.placed() : e);
    }
  }

  private void carryOut(Batch next) {
    for (Message message : next.messages()) {
      requireMastership();
      carryOut(message);
    }
    Position position = next.commit();
    if (position != null) {
      requireMastership();
      sink.commit(position);
    }
  }

  /** By the time it fails the relay thread stands at a later row. */
  private void carryOut(Message message) {
    try {
      sink.send(message);
    } catch (RelayException e) {
      throw e.at(String.valueOf(message.place()));
    }
  }

  private void requireMastership() {
    if (!mayWork.getAsBoolean()) {
      throw RelayException.notMaster();
    }
  }
}
