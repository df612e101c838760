package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes the relay thread's calls asynchronously, in order, on a separate thread, {@code sender}:
 * the next rows are read and encoded while Kafka's client sends the previous ones and commits. The
 * wrapped sink is used by the relay thread until it is open and after the sender has ended, and by
 * the sender in between.
 */
public final class AsyncChangeSink implements ChangeSink {
  private static final long LARGE_BYTES = 1 << 20;
  private static final Duration ORDERLY_END = Duration.ofSeconds(2);
  private static final Duration INTERRUPTED_END = Duration.ofSeconds(1);

  private final ChangeSink sink;
  private final BooleanSupplier mayWork;
  private final BatchQueue handover = new BatchQueue();
  private final Thread sender = GroupContext.newThread("sender", this::process);
  private Batch batch = new Batch();
  private boolean direct;
  private @Nullable Batch marked;
  private int mark;

  /**
   * @param mayWork whether to deliver and commit; once false, all calls fail
   */
  public AsyncChangeSink(ChangeSink sink, BooleanSupplier mayWork) {
    this.sink = sink;
    this.mayWork = mayWork;
  }

  @Override
  public @Nullable Position open() {
    Position last = sink.open();
    sender.start();
    return last;
  }

  @Override
  public String positionsTopic() {
    return sink.positionsTopic();
  }

  @Override
  public @Nullable Position committedIn(String topic) {
    return sink.committedIn(topic);
  }

  /**
   * From a large message until its commit the relay thread calls the wrapped sink directly, while
   * the sender is idle: memory must not contain a second large row while Kafka's client has the
   * first.
   */
  @Override
  public void send(Message message) {
    if (!direct && message.bytes() >= LARGE_BYTES) {
      catchUp();
      direct = true;
    }
    if (direct) {
      sink.send(message);
      return;
    }
    batch.add(message);
    if (batch.isFull()) {
      handOver();
    }
  }

  @Override
  public void send(MessageBlock block) {
    if (direct || block.bytes() >= LARGE_BYTES || block.messages().isEmpty()) {
      ChangeSink.super.send(block);
      return;
    }
    if (!batch.isEmpty()) {
      handOver();
    }
    batch = new Batch(block);
    handOver();
  }

  @Override
  public void mark() {
    marked = batch;
    mark = batch.size();
  }

  /** Possible for a small transaction, which is not passed to the sender before it ends. */
  @Override
  public boolean takeBack() {
    if (direct || marked != batch) {
      return false;
    }
    batch.truncate(mark);
    return true;
  }

  @Override
  public boolean hidesUncommitted() {
    return sink.hidesUncommitted();
  }

  @Override
  public void store(String name, byte[] state) {
    if (direct) {
      sink.store(name, state);
    } else {
      batch.store(name, state);
    }
  }

  @Override
  public Map<String, byte[]> stored() {
    return sink.stored();
  }

  @Override
  public void commit(Position position) {
    if (direct) {
      sink.commit(position);
      direct = false;
      return;
    }
    batch.commit(position);
    handOver();
  }

  /**
   * Size of the messages that wait for the sender, or that it is processing, in bytes; at most 4
   * MiB, or one larger batch. Any thread.
   */
  public long queuedBytes() {
    return handover.bytes();
  }

  @Override
  public boolean isCommitting() {
    return handover.hasCommit();
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

  /**
   * Drops the batches that the sender has not started; the current one may finish, in bounded time.
   */
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

  private static DeliveryException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return DeliveryException.retriable(
        FailureKind.INTERNAL, "Interrupted while waiting for Kafka", e);
  }

  private void endSender() {
    boolean interrupted = Thread.interrupted() || isInterruptedWhileEnding(ORDERLY_END);
    sender.interrupt();
    if (isInterruptedWhileEnding(INTERRUPTED_END) || interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isInterruptedWhileEnding(Duration limit) {
    try {
      sender.join(limit.toMillis());
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void process() {
    try {
      boolean more = true;
      while (more) {
        more = processNext();
      }
    } catch (InterruptedException e) {
      handover.fail(
          DeliveryException.retriable(FailureKind.INTERNAL, "The sender was interrupted", e));
    } catch (RuntimeException | Error e) {
      handover.fail(e);
    }
  }

  /**
   * A separate method, so that no local variable references a batch while the sender waits for the
   * next one.
   */
  private boolean processNext() throws InterruptedException {
    Batch next = handover.take();
    if (next == null) {
      return false;
    }
    process(next);
    handover.done(next);
    return true;
  }

  private void process(Batch next) {
    requireMastership();
    sink.announce(next.topics());
    for (int i = 0; i < next.size(); i++) {
      requireMastershipIfVisible();
      process(next.message(i));
    }
    next.states().forEach(sink::store);
    Position position = next.commit();
    if (position != null) {
      requireMastership();
      sink.commit(position);
    }
  }

  /**
   * A sink that hides what is not committed rejects the messages of an earlier master itself. Any
   * other would write the rest of a batch after its successor's messages, if this thread was
   * suspended in the middle.
   */
  private void requireMastershipIfVisible() {
    if (!sink.hidesUncommitted()) {
      requireMastership();
    }
  }

  /** A failure has no position of the relay thread, which is already at a later row. */
  private void process(Message message) {
    try {
      sink.send(message);
    } catch (DeliveryException e) {
      throw e.at(String.valueOf(message.place()));
    }
  }

  private void requireMastership() {
    if (!mayWork.getAsBoolean()) {
      throw DeliveryException.notMaster();
    }
  }
}
