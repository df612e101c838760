package io.binlogbroker.client.run;

import io.binlogbroker.client.OversizeMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
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

  private final Consumer<byte[], byte[]> consumer;
  private final ConsumeSettings settings;
  private final DeadLetters deadLetters;
  private final OversizeMessages oversize;
  private final Meters meters;
  private final Progress progress = new Progress();
  private final List<Worker> workers = new ArrayList<>();
  private final Map<TopicPartition, PartitionWork> works = new HashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long lastCommit = System.nanoTime();

  ConsumeLoop(
      Consumer<byte[], byte[]> consumer,
      ConsumeSettings settings,
      DeadLetters deadLetters,
      OversizeMessages oversize,
      Meters meters) {
    this.consumer = consumer;
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.oversize = oversize;
    this.meters = meters;
    Attempts attempts = new Attempts(settings, deadLetters, meters, progress);
    Handlers handlers = new Handlers(settings.handlers(), settings.othersRefused());
    TaskRunner.Shared shared =
        new TaskRunner.Shared(settings, handlers, attempts, meters, progress, oversize);
    for (int i = 0; i < settings.parallelism(); i++) {
      TaskRunner runner = new TaskRunner(i, shared);
      workers.add(new Worker("binlogbroker-client-" + i, runner, progress, settings.batchSize()));
    }
  }

  /**
   * Handles changes until {@link #stop}.
   *
   * @param subscribe subscribes the consumer, with this as its listener
   * @throws io.binlogbroker.client.ConsumeException when a message could not be handled
   */
  public void run(BiConsumer<Consumer<byte[], byte[]>, ConsumerRebalanceListener> subscribe) {
    if (started.getAndSet(true)) {
      throw new IllegalStateException("Expected one run, but this consumer has run already");
    }
    try (deadLetters;
        oversize;
        consumer) {
      subscribe.accept(consumer, this);
      workers.forEach(Worker::start);
      try {
        while (!stopped.get() && !progress.halt().isRaised()) {
          step();
        }
      } finally {
        finish();
      }
    } finally {
      ended.countDown();
    }
    RuntimeException failure = progress.failure();
    if (failure != null) {
      throw failure;
    }
  }

  private void step() {
    progress.drain(this::release);
    commitIfDue();
    boolean isBusy = holdBack();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(isBusy ? BUSY_POLL : IDLE_POLL)) {
      share(record);
    }
  }

  private void release(Completion completion) {
    completion.task().partition().release(completion.task(), completion.isHandled());
  }

  private void share(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    PartitionWork work =
        works.computeIfAbsent(partition, name -> new PartitionWork(name, workers.size()));
    int hash = record.key() == null ? record.partition() : Arrays.hashCode(record.key());
    // Spread: the low bits of the hash of similar keys are similar.
    int worker = Math.floorMod(hash ^ (hash >>> 16), workers.size());
    workers.get(worker).give(work.add(record));
  }

  /** Pauses what has much under way, and resumes what has room again; tells if any is paused. */
  private boolean holdBack() {
    int underWay = 0;
    for (PartitionWork work : works.values()) {
      underWay += work.underWay();
      List<TopicPartition> partition = List.of(work.partition());
      if (work.isFull()) {
        consumer.pause(partition);
      } else if (work.hasRoom() && consumer.paused().contains(work.partition())) {
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
      commit(works.values());
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
          && progress.failure() == null
          && System.nanoTime() - started < settings.stopLimit().toNanos()) {
        progress.await(STEP, this::release);
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
  }

  /** Lets the workers come to their end, and commits what they have handled. */
  private void finish() {
    progress.halt().raise();
    workers.forEach(Worker::end);
    long deadline = System.nanoTime() + settings.stopLimit().toNanos();
    try {
      for (Worker worker : workers) {
        if (!worker.awaitEnd(deadline - System.nanoTime())) {
          LOG.warn("A handler has not returned within {} and is interrupted", settings.stopLimit());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    progress.drain(this::release);
    commit(works.values());
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
    if (workers.stream().anyMatch(Worker::isCurrentThread)) {
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
