package io.binlogbroker.client.run;

import io.binlogbroker.client.LostMessagesException;
import io.binlogbroker.client.LostMessagesPolicy;
import io.binlogbroker.client.OversizeMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, distributes the records to the handler threads by key, and commits the offsets up to which
 * everything is handled. Belongs to the thread that calls {@link #run}, except for {@link #stop}.
 *
 * <p>Polling continues while handlers run, so that Kafka does not remove a busy consumer from its
 * group; partitions with many unhandled messages are paused.
 */
public final class ConsumeLoop implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumeLoop.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration BUSY_POLL = Duration.ofMillis(5);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final String FIX =
      "restore the missing changes from the source or a copy, then continue after them with"
          + " onLostMessages(LostMessagesPolicy.CONTINUE), or reset the group's offset with"
          + " kafka-consumer-groups.sh";

  private final Consumer<byte[], byte[]> consumer;
  private final OffsetReset offsetReset;
  private final ConsumeSettings settings;
  private final DeadLetters deadLetters;
  private final OversizeMessages oversize;
  private final Meters meters;
  private final RunState state = new RunState();
  private final List<HandlerThread> threads = new ArrayList<>();
  private final Map<TopicPartition, PartitionWork> works = new HashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long lastCommit = System.nanoTime();

  ConsumeLoop(
      Consumer<byte[], byte[]> consumer,
      OffsetReset offsetReset,
      ConsumeSettings settings,
      DeadLetters deadLetters,
      OversizeMessages oversize,
      Meters meters) {
    this.consumer = consumer;
    this.offsetReset = offsetReset;
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.oversize = oversize;
    this.meters = meters;
    Attempts attempts = new Attempts(settings, deadLetters, meters, state);
    Handlers handlers = new Handlers(settings.handlers(), settings.othersRefused());
    TaskRunner.Shared shared =
        new TaskRunner.Shared(settings, handlers, attempts, meters, state, oversize);
    for (int i = 0; i < settings.parallelism(); i++) {
      TaskRunner runner = new TaskRunner(i, shared);
      threads.add(
          new HandlerThread("binlogbroker-client-" + i, runner, state, settings.batchSize()));
    }
  }

  /**
   * Handles changes until {@link #stop}.
   *
   * @param subscribe subscribes the consumer, with this object as its listener
   * @throws io.binlogbroker.client.ConsumeException if a message could not be handled
   * @throws LostMessagesException if Kafka no longer has messages that were not handled
   */
  public void run(BiConsumer<Consumer<byte[], byte[]>, ConsumerRebalanceListener> subscribe) {
    if (started.getAndSet(true)) {
      throw new IllegalStateException(
          "Expected a new consumer, but this one has run or was closed");
    }
    try (deadLetters;
        oversize;
        consumer) {
      offsetReset.start(consumer);
      subscribe.accept(consumer, this);
      threads.forEach(HandlerThread::start);
      try {
        while (!stopped.get() && !state.halt().isRaised()) {
          step();
        }
        endThreads();
        advanceFullyHandled();
      } finally {
        endThreads();
        commit(works.values());
      }
    } finally {
      ended.countDown();
    }
    RuntimeException failure = state.failure();
    if (failure != null) {
      throw failure;
    }
  }

  private void step() {
    state.drain(this::release);
    commitIfDue();
    boolean isBusy = pauseAndResume();
    for (ConsumerRecord<byte[], byte[]> record : poll(isBusy ? BUSY_POLL : IDLE_POLL)) {
      dispatch(record);
    }
    failWhereMessagesAreLost();
  }

  /** Kafka's consumer resets no offset itself, whether there is none or it is out of range. */
  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (NoOffsetForPartitionException e) {
      offsetReset.offsets(consumer, e.partitions()).forEach(this::startAt);
    } catch (OffsetOutOfRangeException e) {
      LostMessages.of(consumer, e, FIX).forEach(this::lost);
    }
    return ConsumerRecords.empty();
  }

  /**
   * The offset is committed, so that messages deleted before the first one is handled are noticed.
   */
  private void startAt(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    work(partition).advanceTo(offset);
  }

  private void lost(LostMessagesException lost) {
    TopicPartition partition = new TopicPartition(lost.topic(), lost.partition());
    if (settings.onLostMessages() == LostMessagesPolicy.STOP) {
      work(partition).setLost(lost);
      consumer.pause(List.of(partition));
      return;
    }
    LOG.warn("Continuing at offset {} of {}", lost.availableOffset(), partition, lost);
    meters.lost(lost.missingAtMost().orElse(0));
    consumer.seek(partition, lost.availableOffset());
  }

  /** Ends the run only once all polled messages are handled, which Kafka may no longer have. */
  private void failWhereMessagesAreLost() {
    for (PartitionWork work : works.values()) {
      LostMessagesException lost = work.lost();
      if (lost != null && work.isIdle()) {
        state.failed(lost);
      }
    }
  }

  private PartitionWork work(TopicPartition partition) {
    return works.computeIfAbsent(partition, name -> new PartitionWork(name, threads.size()));
  }

  private void release(Completion completion) {
    completion.task().partition().release(completion.task(), completion.isHandled());
  }

  private void dispatch(ConsumerRecord<byte[], byte[]> record) {
    PartitionWork work = work(new TopicPartition(record.topic(), record.partition()));
    int hash = record.key() == null ? record.partition() : Arrays.hashCode(record.key());
    // Mixes in the high bits: the low bits of the hashes of similar keys are similar.
    int thread = Math.floorMod(hash ^ (hash >>> 16), threads.size());
    threads.get(thread).submit(work.add(record));
  }

  /**
   * Pauses partitions with many unhandled messages and resumes others; returns whether any is
   * paused.
   */
  private boolean pauseAndResume() {
    int underWay = 0;
    Set<TopicPartition> paused = consumer.paused();
    for (PartitionWork work : works.values()) {
      underWay += work.underWay();
      List<TopicPartition> partition = List.of(work.partition());
      if (work.isFull()) {
        consumer.pause(partition);
      } else if (work.hasRoom() && paused.contains(work.partition())) {
        consumer.resume(partition);
      }
    }
    meters.underWay(underWay);
    return !consumer.paused().isEmpty();
  }

  private void commitIfDue() {
    long now = System.nanoTime();
    if (now - lastCommit >= settings.commitInterval().toNanos()) {
      lastCommit = now;
      advanceFullyHandled();
      commit(works.values());
    }
  }

  /**
   * If everything that was polled is handled, the consumer's position may be after a transaction
   * marker. Committing it avoids that a marker deleted by retention counts as a lost message.
   */
  private void advanceFullyHandled() {
    Set<TopicPartition> assigned = consumer.assignment();
    for (PartitionWork work : works.values()) {
      if (work.isAllHandled() && assigned.contains(work.partition())) {
        advanceToPosition(work);
      }
    }
  }

  private void advanceToPosition(PartitionWork work) {
    try {
      work.advanceTo(consumer.position(work.partition(), Duration.ZERO));
    } catch (InvalidOffsetException | TimeoutException e) {
      // No position yet: the next poll determines it, or throws the reason.
      LOG.trace("No position yet for {}", work.partition(), e);
    }
  }

  private void commit(Collection<PartitionWork> some) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (PartitionWork work : some) {
      if (work.hasUncommitted()) {
        offsets.put(work.partition(), new OffsetAndMetadata(work.finished()));
      }
    }
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets);
      offsets.forEach((partition, offset) -> committed(partition, offset.offset()));
    } catch (RebalanceInProgressException | CommitFailedException e) {
      // Committed after the rebalance; changes of reassigned partitions are handled again there.
      LOG.debug("Not committed in a rebalance: {}", offsets, e);
    }
  }

  private void committed(TopicPartition partition, long offset) {
    PartitionWork work = works.get(partition);
    if (work != null) {
      work.committed(offset);
    }
  }

  /** Waits for running handlers and drops queued messages, which the new owner reads again. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    List<PartitionWork> gone = revoke(partitions);
    long started = System.nanoTime();
    try {
      while (gone.stream().anyMatch(work -> !work.isIdle())
          && state.failure() == null
          && System.nanoTime() - started < settings.stopLimit().toNanos()) {
        state.await(STEP, this::release);
      }
    } catch (InterruptedException e) {
      // As Kafka's poll does; the exception restores the interrupt.
      throw new InterruptException(e);
    }
    commit(gone);
    partitions.forEach(works::remove);
  }

  /** Commits nothing, because another consumer may already own the partitions. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    revoke(partitions);
    partitions.forEach(works::remove);
  }

  private List<PartitionWork> revoke(Collection<TopicPartition> partitions) {
    List<PartitionWork> gone =
        works.values().stream().filter(work -> partitions.contains(work.partition())).toList();
    gone.forEach(PartitionWork::revoke);
    return gone;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    LOG.debug("Assigned {}", partitions);
    partitions.forEach(this::work);
  }

  /** Ends the handler threads, and waits for them. */
  private void endThreads() {
    state.halt().raise();
    threads.forEach(HandlerThread::end);
    long deadline = System.nanoTime() + settings.stopLimit().toNanos();
    try {
      for (HandlerThread thread : threads) {
        if (!thread.awaitEnd(deadline - System.nanoTime())) {
          LOG.warn("A handler has not returned within {} and is interrupted", settings.stopLimit());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state.drain(this::release);
  }

  /**
   * Ends the run after the running handlers. Returns when the run has ended, or immediately if a
   * handler calls it. Any thread.
   */
  public void stop() {
    stopped.set(true);
    if (!started.getAndSet(true)) {
      consumer.close(); // It has not run, and cannot run any more.
      ended.countDown();
      return;
    }
    if (threads.stream().anyMatch(HandlerThread::isCurrentThread)) {
      return;
    }
    try {
      // The result does not matter: the run ends in any case.
      boolean ignored = ended.await(settings.stopLimit().toNanos() * 2, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
