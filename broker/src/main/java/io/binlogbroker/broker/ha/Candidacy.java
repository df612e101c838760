package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs for a group's master, serves a term when it has won, and runs again when that has ended. On
 * the relay thread; {@link #stop} and {@link #isMaster} may come from any other.
 */
public final class Candidacy {
  private static final Logger log = LoggerFactory.getLogger(Candidacy.class);
  // Long enough for another candidate to win, should it be able to work where this one is not.
  private static final Duration WAY_FOR_OTHERS = Duration.ofSeconds(2);

  private final Election election;
  private final TermFactory terms;
  private final Runnable standby;
  private final Retries retries;
  private final Consumer<Duration> pause;
  private final StopSignal stop = new StopSignal();

  private volatile @Nullable Mastership mastership;
  private volatile @Nullable Term term;

  /** Makes what is served once an election is won. */
  public interface TermFactory {
    Term create(Mastership mastership, Retries retries);
  }

  /**
   * @param standby what gets ready for a fast start while another broker is master; called for each
   *     wait, and must return soon
   * @param startTimeout how long servers that cannot be reached are tried before the first success
   */
  public Candidacy(Election election, TermFactory terms, Runnable standby, Duration startTimeout) {
    this.election = election;
    this.terms = terms;
    this.standby = standby;
    this.retries = new Retries(startTimeout, this::pause, System::nanoTime);
    this.pause = this::pause;
  }

  Candidacy(
      Election election,
      TermFactory terms,
      Runnable standby,
      Retries retries,
      Consumer<Duration> pause) {
    this.election = election;
    this.terms = terms;
    this.standby = standby;
    this.retries = retries;
    this.pause = pause;
  }

  /**
   * Works until {@link #stop}, or until the thread is interrupted.
   *
   * @throws DeliveryException when no retry helps, or when nothing could be reached in time at the
   *     start; another broker may be master then
   */
  public void run() {
    while (!isEnding()) {
      try {
        Mastership won = election.campaign(stop, this::waitAsSlave);
        if (won != null) {
          serve(won);
        }
      } catch (DeliveryException e) {
        retries.after(e);
      }
    }
  }

  /** Ends {@link #run}: what is under way is finished, committed and saved. */
  public void stop() {
    stop.raise();
    Term serving = term;
    if (serving != null) {
      serving.end();
    }
  }

  /** Whether this broker is the one that works. */
  public boolean isMaster() {
    Mastership held = mastership;
    return held != null && held.isHeld();
  }

  private boolean isEnding() {
    return stop.isRaised() || Thread.currentThread().isInterrupted();
  }

  /** Who has seen another at work must not give up for a server's outage when its turn comes. */
  private void waitAsSlave() {
    log.info("Slave: {} is master", election.master());
    retries.persist();
    retries.reset();
    standby.run();
  }

  private void serve(Mastership won) {
    try (won) {
      log.info("Master");
      mastership = won;
      Term next = terms.create(won, retries);
      retries.reset(); // earlier failures were not this term's
      term = next;
      if (!stop.isRaised()) {
        next.run();
      }
    } finally {
      term = null;
      mastership = null;
    }
    if (retries.isFutile() && !isEnding()) {
      log.warn("Resigned, for another to try that can perhaps reach what this one cannot");
      pause.accept(WAY_FOR_OTHERS);
    }
  }

  /** Ends early when the term does, or the program. */
  private void pause(Duration time) {
    Term serving = term;
    if (serving == null) {
      stop.await(time);
    } else {
      serving.awaitEnd(time);
    }
  }
}
