package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Gap;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.source.ChangeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of a master from its election to its end: opens sink, source and relay at the right
 * position, closes them, and retries retriable failures with backoff. Runs on the relay thread.
 */
public final class Term {
  private static final Logger log = LoggerFactory.getLogger(Term.class);

  private final ChangeSource.Opener sources;
  private final Supplier<ChangeSink> sinks;
  private final Mastership mastership;
  private final PositionStore store;
  private final RelayFactory relays;
  private final LostPosition lostPosition;
  private final Retries retries;
  private final LastCommit lastCommit;
  private final StopSignal end = new StopSignal();
  private final DeliveryPause pause = new DeliveryPause();
  private final PausedWork pausedWork = new PausedWork();

  private volatile @Nullable Relay relay;
  // Start of this term's first attempt, or of the one after a decision; later changes of the store
  // by others apply to the next term.
  private @Nullable Position first;
  // Whether the starting position is known: from then on only the source can lose it.
  private boolean found;
  // Why the position is lost, until delivery continues elsewhere.
  private @Nullable DeliveryException lost;
  // Recorded, but not yet written to the DDL topic.
  private @Nullable Gap pendingGap;
  // The reason of the last redelivery: a second one for the same reason would repeat indefinitely.
  private @Nullable String retriedFailure;

  /** Creates the relay between an opened source and sink. */
  public interface RelayFactory {
    /**
     * @param mayWork whether the relay may still deliver and commit
     */
    Relay create(ChangeSource source, ChangeSink sink, Position start, BooleanSupplier mayWork);
  }

  /**
   * @param mastership required for delivery
   * @param lastCommit of this process, across all its terms
   */
  public Term(
      ChangeSource.Opener sources,
      Supplier<ChangeSink> sinks,
      Mastership mastership,
      RelayFactory relays,
      LostPosition lostPosition,
      Retries retries,
      LastCommit lastCommit) {
    this.sources = sources;
    this.sinks = sinks;
    this.mastership = mastership;
    this.store = mastership.positions();
    this.relays = relays;
    this.lostPosition = lostPosition;
    this.retries = retries;
    this.lastCommit = lastCommit;
  }

  /**
   * Runs until {@link #end}, until the mastership is lost or another broker should try, or until
   * the thread is interrupted.
   *
   * @throws DeliveryException when the failure is fatal, or when the servers could not be reached
   *     in time at the start
   */
  void run() {
    mastership.onLoss(this::end);
    while (!isEnding() && !retries.isFutile()) {
      try {
        pause.await(this::isEnding, pausedWork::take);
        attempt();
      } catch (DeliveryException e) {
        afterFailure(e);
      }
    }
  }

  /**
   * Handles a failure. After fencing by another broker, a group-wide master retries, because the
   * other one is stale; otherwise this broker is.
   */
  private void afterFailure(DeliveryException e) {
    boolean fenced = e.kind() == FailureKind.FENCED && mastership.isGroupWide();
    if (isEnding() && (e.isRetriable() || fenced)) {
      log.warn("Stopped during a failure: {}", e.getMessage());
      return;
    }
    if (isRetriedImmediately(e)) {
      return;
    }
    boolean skipped = lost == null && found && lostPosition.isRecoverable(e);
    if (skipped) {
      lost = e;
    }
    retries.after(fenced || skipped ? e.asRetriable() : e);
  }

  private boolean isRetriedImmediately(DeliveryException e) {
    String message = String.valueOf(e.getMessage());
    if (!e.retryImmediately() || message.equals(retriedFailure)) {
      return false;
    }
    retriedFailure = message;
    log.info(message);
    return true;
  }

  private boolean isEnding() {
    return end.isRaised() || !mastership.isHeld() || Thread.currentThread().isInterrupted();
  }

  /** Makes {@link #run} return soon. Any thread. */
  void end() {
    end.raise();
    pause.end();
    stopRelay();
  }

  /**
   * Stops the delivery after what is being sent is committed, until {@link #resume}. Any thread.
   */
  void pause() {
    pause.begin();
    stopRelay();
  }

  /** Continues the delivery. Any thread. */
  void resume() {
    pause.end();
  }

  /** Whether delivery is paused. Any thread. */
  boolean isPaused() {
    return pause.isActive();
  }

  /**
   * Stores an operator's decision while delivery is paused; it applies when delivery is resumed.
   * Any thread, which waits for it.
   *
   * @param isPaused whether the delivery of this term is still paused
   * @return false, with nothing stored, where it is not
   */
  boolean decide(PositionDecision decision, BooleanSupplier isPaused) {
    return pausedWork.submit(
        () -> {
          decision.storeIn(store);
          first = null;
          found = false;
          lost = null;
        },
        isPaused);
  }

  private void stopRelay() {
    Relay running = relay;
    if (running != null) {
      running.stop();
    }
  }

  /** Whether the relay that runs now has delivered something. Any thread. */
  boolean isDelivering() {
    Relay running = relay;
    return running != null && running.hasCommitted();
  }

  /** Waits for a duration, or until this term is to end. */
  void awaitEnd(Duration time) {
    end.await(time);
  }

  private void attempt() {
    ChangeSink sink = sinks.get();
    try (sink) {
      attempt(sink);
    } finally {
      remember(sink);
    }
  }

  private void attempt(ChangeSink sink) {
    Position committed = sink.open();
    StartingPoint point = new StartingPoint(store, sink);
    Position known = first == null ? point.find(committed) : startOf(first, committed);
    // A position from another topic is already committed.
    Position stored = furthest(known, sink.committed());
    found = true;
    if (isEnding() || pause.isActive()) {
      return; // the current master must not lose its connection to the source
    }
    try (ChangeSource source = lost == null ? sources.open(stored) : lostPosition.open()) {
      Position start = stored == null || lost != null ? begin(source, stored, committed) : stored;
      if (first == null || !first.epoch().equals(start.epoch())) {
        point.remember(start, committed);
      }
      first = start;
      relay(source, sink, start);
    }
  }

  /** The latest known position: Kafka may have lost the one that this process has committed. */
  private @Nullable Position furthest(@Nullable Position stored, @Nullable Position committed) {
    return stored == null ? null : lastCommit.ahead(stored, committed);
  }

  /** Records the position of the closed sink: before that, a commit may still be in progress. */
  private void remember(ChangeSink closed) {
    if (first != null) {
      lastCommit.take(first, closed.committed());
    }
  }

  /**
   * The position to start from. The store has the operator's decisions: a committed position of
   * another epoch is older than the operator's last change.
   */
  public static @Nullable Position startOf(
      @Nullable Position stored, @Nullable Position committed) {
    if (stored == null || committed == null || !committed.epoch().equals(stored.epoch())) {
      return stored;
    }
    return committed;
  }

  /**
   * Begins a new epoch at the source's current position, when no usable position is stored; it is
   * stored before any row is delivered.
   */
  private Position begin(
      ChangeSource source, @Nullable Position stored, @Nullable Position committed) {
    Position start = Position.at(source.restart(), UUID.randomUUID().toString());
    if (!store.save(start)) {
      throw DeliveryException.retriable(
          FailureKind.POSITION_LOST, "Another process stored a position at the same time", null);
    }
    DeliveryException why = lost;
    lost = null;
    if (stored != null && why != null) {
      pendingGap = new Gap(stored, start, String.valueOf(why.getMessage()));
      lostPosition.mark(pendingGap);
      return start;
    }
    log.info("No position is stored: starting at the source's latest position, {}", start);
    if (committed != null) {
      log.warn(
          "Kafka has an earlier position of the group, {}: changes since then are not delivered",
          committed);
    }
    return start;
  }

  private void relay(ChangeSource source, ChangeSink sink, Position start) {
    Relay current = relays.create(source, sink, start, mastership::isHeld);
    relay = current;
    Position before = sink.committed();
    try (Checkpointer checkpointer =
        new Checkpointer(() -> committedSince(sink, start), start.epoch(), store)) {
      checkpointer.start();
      log.info("Reading from {}", start);
      reportGap(current);
      retries.working();
      if (!end.isRaised() && !pause.isActive()) {
        current.run();
      }
    } finally {
      if (current.hasCommitted() || !Objects.equals(sink.committed(), before)) {
        retries.progressed();
      }
      relay = null;
    }
  }

  /**
   * The position committed since the start; the store must not go back to an outdated one in Kafka.
   */
  private @Nullable Position committedSince(ChangeSink sink, Position start) {
    Position committed = sink.committed();
    return committed == null || lastCommit.isBefore(committed, start) ? null : committed;
  }

  private void reportGap(Relay current) {
    if (pendingGap != null) {
      current.deliverGap(pendingGap);
      pendingGap = null;
    }
  }
}
