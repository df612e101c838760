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
 * Polls, shares the records out among the workers by their keys, and commits what is handled
 * without a gap. Belongs to the thread that calls {@link #run}, but for {@link #stop}.
 *
 * <p>It never stops polling while handlers work: a partition that has much under way is paused, so
 * that Kafka does not take a busy consumer for a dead one.
 */
public final class ConsumeLoop implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumeLoop.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration BUSY_POLL = Duration.ofMillis(5);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final String FIX =
      "restore the missing changes from the source or a copy, then continue behind them with"
          + " onLostMessages(LostMessagesPolicy.CONTINUE), or reset the group's offset with"
          + " kafka-consumer-groups.sh";

  private final Consumer<byte[], byte[]> consumer;
  private final OffsetReset offsetReset;
  private final ConsumeSettings settings;
  private final DeadLetters deadLetters;
  private final OversizeMessages oversize;
  private final Meters meters;
  private final RunState state = new RunState();
  private final List<HandlerThread> workers = new ArrayList<>();
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
      workers.add(
          new HandlerThread("binlogbroker-client-" + i, runner, state, settings.batchSize()));
    }
  }

  /**
   * Handles changes until {@link #stop}.
   *
   * @param subscribe subscribes the consumer, with this as its listener
   * @throws io.binlogbroker.client.ConsumeException when a message could not be handled
   * @throws LostMessagesException when Kafka no longer has messages that were not handled
   */
  public void run(BiConsumer<Consumer<byte[], byte[]>, ConsumerRebalanceListener> subscribe) {
    if (started.getAndSet(true)) {
      throw new IllegalStateException("Expected one run, but this consumer has run already");
    }
    try (deadLetters;
        oversize;
        consumer) {
      offsetReset.start(consumer);
      subscribe.accept(consumer, this);
      workers.forEach(HandlerThread::start);
      try {
        while (!stopped.get() && !state.halt().isRaised()) {
          step();
        }
        endWorkers();
        noteWhereNothingIsLeft();
      } finally {
        endWorkers();
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
    boolean isBusy = holdBack();
    for (ConsumerRecord<byte[], byte[]> record : poll(isBusy ? BUSY_POLL : IDLE_POLL)) {
      share(record);
    }
    endWhereMessagesAreLost();
  }

  /** Kafka resets nothing by itself: neither a partition without offset nor one that is lost. */
  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (NoOffsetForPartitionException e) {
      offsetReset.offsets(consumer, e.partitions()).forEach(this::begin);
    } catch (OffsetOutOfRangeException e) {
      LostMessages.of(consumer, e, FIX).forEach(this::lost);
    }
    return ConsumerRecords.empty();
  }

  /** The place is committed too: what is deleted before the first message is handled is noticed. */
  private void begin(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    work(partition).beginAt(offset);
  }

  private void lost(LostMessagesException lost) {
    TopicPartition partition = new TopicPartition(lost.topic(), lost.partition());
    if (settings.onLostMessages() == LostMessagesPolicy.STOP) {
      work(partition).end(lost);
      consumer.pause(List.of(partition));
      return;
    }
    LOG.warn("Continues at offset {} of {}", lost.availableOffset(), partition, lost);
    meters.lost(lost.missingAtMost().orElse(0));
    consumer.seek(partition, lost.availableOffset());
  }

  /** Not before what was polled is handled: this may be the last copy of it. */
  private void endWhereMessagesAreLost() {
    for (PartitionWork work : works.values()) {
      LostMessagesException lost = work.lost();
      if (lost != null && work.isIdle()) {
        state.failed(lost);
      }
    }
  }

  private PartitionWork work(TopicPartition partition) {
    return works.computeIfAbsent(partition, name -> new PartitionWork(name, workers.size()));
  }

  private void release(Completion completion) {
    completion.task().partition().release(completion.task(), completion.isHandled());
  }

  private void share(ConsumerRecord<byte[], byte[]> record) {
    PartitionWork work = work(new TopicPartition(record.topic(), record.partition()));
    int hash = record.key() == null ? record.partition() : Arrays.hashCode(record.key());
    // Spread: the low bits of the hash of similar keys are similar.
    int worker = Math.floorMod(hash ^ (hash >>> 16), workers.size());
    workers.get(worker).give(work.add(record));
  }

  /** Pauses what has much under way, and resumes what has room again; tells if any is paused. */
  private boolean holdBack() {
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
      noteWhereNothingIsLeft();
      commit(works.values());
    }
  }

  /**
   * Where all that was polled is handled, Kafka's own position may be further on, behind the marker
   * of a transaction: retention may take that, and nothing is lost.
   */
  private void noteWhereNothingIsLeft() {
    Set<TopicPartition> assigned = consumer.assignment();
    for (PartitionWork work : works.values()) {
      if (work.isAllHandled() && assigned.contains(work.partition())) {
        notePosition(work);
      }
    }
  }

  private void notePosition(PartitionWork work) {
    try {
      work.beginAt(consumer.position(work.partition(), Duration.ZERO));
    } catch (InvalidOffsetException | TimeoutException e) {
      // It has no position yet: the next poll finds one, or says why there is none.
      LOG.trace("No position of {}", work.partition(), e);
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
      // Tried again after the rebalance; what was lost in it is handled again by its new owner.
      LOG.debug("Not committed in a rebalance: {}", offsets, e);
    }
  }

  private void committed(TopicPartition partition, long offset) {
    PartitionWork work = works.get(partition);
    if (work != null) {
      work.committed(offset);
    }
  }

  /** What is running is waited for, what is queued is dropped: its new owner gets it again. */
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
      // Kafka's own, as poll throws it; it restores the interrupt.
      throw new InterruptException(e);
    }
    commit(gone);
    partitions.forEach(works::remove);
  }

  /** Somebody else may have them already, so nothing is committed. */
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
    LOG.debug("Got {}", partitions);
    partitions.forEach(this::work);
  }

  /** Lets the workers come to their end. */
  private void endWorkers() {
    state.halt().raise();
    workers.forEach(HandlerThread::end);
    long deadline = System.nanoTime() + settings.stopLimit().toNanos();
    try {
      for (HandlerThread worker : workers) {
        if (!worker.awaitEnd(deadline - System.nanoTime())) {
          LOG.warn("A handler has not returned within {} and is interrupted", settings.stopLimit());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state.drain(this::release);
  }

  /**
   * Ends the run after the handlers that are running; returns when that is done, but at once when a
   * handler calls it. From any thread.
   */
  public void stop() {
    stopped.set(true);
    if (!started.getAndSet(true)) {
      consumer.close(); // It has never run, and cannot any more.
      ended.countDown();
      return;
    }
    if (workers.stream().anyMatch(HandlerThread::isCurrentThread)) {
      return;
    }
    try {
      // True or not: the run ends by itself.
      boolean ignored = ended.await(settings.stopLimit().toNanos() * 2, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
