package io.binlogbroker.broker.relay;

import java.time.Duration;
import java.util.UUID;
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
  private final PositionStore store;
  private final RelayFactory relays;
  private final Retries retries;
  private final StopSignal stop;

  private volatile @Nullable Relay relay;

  /** Makes the relay between an opened source and sink. */
  public interface RelayFactory {
    Relay create(ChangeSource source, ChangeSink sink, Position start);
  }

  /**
   * @param startTimeout how long servers that cannot be reached are tried before the first success
   */
  public Term(
      ChangeSource.Opener sources,
      Supplier<ChangeSink> sinks,
      PositionStore store,
      RelayFactory relays,
      Duration startTimeout,
      StopSignal stop) {
    this(
        sources,
        sinks,
        store,
        relays,
        new Retries(startTimeout, stop::await, System::nanoTime),
        stop);
  }

  Term(
      ChangeSource.Opener sources,
      Supplier<ChangeSink> sinks,
      PositionStore store,
      RelayFactory relays,
      Retries retries,
      StopSignal stop) {
    this.sources = sources;
    this.sinks = sinks;
    this.store = store;
    this.relays = relays;
    this.retries = retries;
    this.stop = stop;
  }

  /**
   * Works until {@link #end}, or until the thread is interrupted.
   *
   * @throws RelayException when no retry helps, or when nothing could be reached in time at the
   *     start
   */
  public void run() {
    while (!isEnding()) {
      try {
        attempt();
      } catch (RelayException e) {
        if (isEnding() && e.isPassing()) {
          log.warn("Stopped while: {}", e.getMessage());
          return;
        }
        retries.after(e);
      }
    }
  }

  private boolean isEnding() {
    return stop.isRaised() || Thread.currentThread().isInterrupted();
  }

  /** Ends {@link #run} soon, from any thread. */
  public void end() {
    stop.raise();
    Relay running = relay;
    if (running != null) {
      running.stop();
    }
  }

  private void attempt() {
    try (ChangeSink sink = sinks.get()) {
      Position committed = sink.open();
      Position stored = startOf(store.load(), committed);
      try (ChangeSource source = sources.open(stored)) {
        Position start = stored == null ? begin(source, committed) : stored;
        relay(source, sink, start);
      }
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
   * No position is stored: a new epoch begins at the source's end, and is stored before any row.
   */
  private Position begin(ChangeSource source, @Nullable Position committed) {
    Restart restart = source.restart();
    Position start =
        new Position(
            restart.file(),
            restart.offset(),
            restart.gtidSet(),
            0,
            0,
            source.serverUuid(),
            UUID.randomUUID().toString());
    store.save(start);
    log.info("No position is stored: starting at the source's latest, {}", start);
    if (committed != null) {
      log.warn(
          "Kafka has an earlier position of the group, {}: what was changed since is left out",
          committed);
    }
    return start;
  }

  private void relay(ChangeSource source, ChangeSink sink, Position start) {
    Relay current = relays.create(source, sink, start);
    relay = current;
    try (Checkpointer checkpointer = new Checkpointer(sink::committed, start.epoch(), store)) {
      checkpointer.start();
      log.info("Reading from {}", start);
      retries.working();
      if (!stop.isRaised()) {
        current.run();
      }
    } finally {
      relay = null;
    }
  }
}
