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
 * What a master does from its election to its end: opens sink, source and relay at the right
 * position, closes them, and tries again with back-off what may pass. Runs on the relay thread.
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

  private volatile @Nullable Relay relay;
  // Of this term's first attempt; what the operator does to the store since is for the next term.
  private @Nullable Position first;
  // Whether it is known where to start: only the source can lose that.
  private boolean found;
  // Why the position is given up, until delivery continues elsewhere.
  private @Nullable DeliveryException lost;
  // Marked, but not yet written to the topic of DDL.
  private @Nullable Gap untold;
  // The same once more would be without end.
  private @Nullable String doneAgain;

  /** Makes the relay between an opened source and sink. */
  public interface RelayFactory {
    /**
     * @param mayWork whether the relay may still deliver and commit
     */
    Relay create(ChangeSource source, ChangeSink sink, Position start, BooleanSupplier mayWork);
  }

  /**
   * @param mastership without which nothing is delivered
   * @param lastCommit of this process, over all its terms
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
   * Works until {@link #end}, until the mastership is lost or of no use, or until the thread is
   * interrupted.
   *
   * @throws DeliveryException when no retry helps, or when nothing could be reached in time at the
   *     start
   */
  void run() {
    mastership.onLoss(this::end);
    while (!isEnding() && !retries.isFutile()) {
      try {
        attempt();
      } catch (DeliveryException e) {
        afterFailure(e);
      }
    }
  }

  /** Fenced off by another broker: a master retries, since the other is stale; else it is us. */
  private void afterFailure(DeliveryException e) {
    boolean fenced = e.kind() == FailureKind.FENCED && mastership.isGroupWide();
    if (isEnding() && (e.isRetriable() || fenced)) {
      log.warn("Stopped while: {}", e.getMessage());
      return;
    }
    if (isDoneAgain(e)) {
      return;
    }
    boolean gotOver = lost == null && found && lostPosition.isRecoverable(e);
    if (gotOver) {
      lost = e;
    }
    retries.after(fenced || gotOver ? e.asRetriable() : e);
  }

  private boolean isDoneAgain(DeliveryException e) {
    String message = String.valueOf(e.getMessage());
    if (!e.retryImmediately() || message.equals(doneAgain)) {
      return false;
    }
    doneAgain = message;
    log.info(message);
    return true;
  }

  private boolean isEnding() {
    return end.isRaised() || !mastership.isHeld() || Thread.currentThread().isInterrupted();
  }

  /** Ends {@link #run} soon, from any thread. */
  void end() {
    end.raise();
    Relay running = relay;
    if (running != null) {
      running.stop();
    }
  }

  /** Waits that long, or until this term is to end. */
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
    // A position that was carried over is committed by now.
    Position stored = furthest(known, sink.committed());
    found = true;
    if (isEnding()) {
      return; // the present master must not lose its connection to the source
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

  /** Kafka may have lost the record that this process has committed. */
  private @Nullable Position furthest(@Nullable Position stored, @Nullable Position committed) {
    return stored == null ? null : lastCommit.ahead(stored, committed);
  }

  /** Of the closed sink: until then a commit may still be under way. */
  private void remember(ChangeSink closed) {
    if (first != null) {
      lastCommit.take(first, closed.committed());
    }
  }

  /**
   * The store is the operator's handle: a record of another epoch than the store's is older than
   * what the operator did last.
   */
  public static @Nullable Position startOf(
      @Nullable Position stored, @Nullable Position committed) {
    if (stored == null || committed == null || !committed.epoch().equals(stored.epoch())) {
      return stored;
    }
    return committed;
  }

  /**
   * No usable position is stored: a new epoch begins at the source's current position, and is
   * stored before any row.
   */
  private Position begin(
      ChangeSource source, @Nullable Position stored, @Nullable Position committed) {
    Position start = Position.at(source.restart(), UUID.randomUUID().toString());
    if (!store.save(start)) {
      throw DeliveryException.retriable(
          FailureKind.POSITION_LOST, "A position was stored just now by somebody else", null);
    }
    DeliveryException why = lost;
    lost = null;
    if (stored != null && why != null) {
      untold = new Gap(stored, start, String.valueOf(why.getMessage()));
      lostPosition.mark(untold);
      return start;
    }
    log.info("No position is stored: starting at the source's latest, {}", start);
    if (committed != null) {
      log.warn(
          "Kafka has an earlier position of the group, {}: what was changed since is left out",
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
      tellGap(current);
      retries.working();
      if (!end.isRaised()) {
        current.run();
      }
    } finally {
      relay = null;
      if (!Objects.equals(sink.committed(), before)) {
        retries.progressed();
      }
    }
  }

  /** The mirror must not go back to a record that Kafka should not have any more. */
  private @Nullable Position committedSince(ChangeSink sink, Position start) {
    Position committed = sink.committed();
    return committed == null || lastCommit.isBefore(committed, start) ? null : committed;
  }

  private void tellGap(Relay current) {
    if (untold != null) {
      current.tell(untold);
      untold = null;
    }
  }
}
