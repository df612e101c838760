package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in a group's elections, runs a term after each one it wins, and campaigns again when
 * the term has ended. Relay thread; the methods after {@link #run} may be called from any thread.
 */
public final class Candidacy {
  private static final Logger log = LoggerFactory.getLogger(Candidacy.class);
  // Long enough for another candidate to win, in case it can work where this one cannot.
  private static final Duration PAUSE_AFTER_RESIGNING = Duration.ofSeconds(2);

  private final Election election;
  private final TermFactory terms;
  private final Runnable standby;
  private final Retries retries;
  private final GroupEvents events;
  private final Consumer<Duration> pause;
  private final StopSignal stop = new StopSignal();

  private volatile @Nullable Mastership mastership;
  private volatile @Nullable Term term;
  private volatile Instant since = Instant.now();
  private volatile boolean standsBy;
  private volatile boolean resigns;
  // Whether the last failure was one of the election. Relay thread.
  private boolean electionFails;

  /** Creates the term after an election is won. Relay thread. */
  public interface TermFactory {
    Term create(Mastership mastership, Retries retries);

    /** The term has ended, or could not be created: this broker is no longer master. */
    default void ended() {}
  }

  /**
   * @param standby prepares a fast start while another broker is master; called at the beginning of
   *     each wait, and must return soon
   * @param startTimeout how long unreachable servers are retried before the first success
   * @param events take each change of the role
   */
  public Candidacy(
      Election election,
      TermFactory terms,
      Runnable standby,
      Duration startTimeout,
      GroupEvents events) {
    this.election = election;
    this.terms = terms;
    this.standby = standby;
    this.retries = new Retries(startTimeout, this::pause, System::nanoTime, events);
    this.pause = this::pause;
    this.events = events;
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
    this.events = GroupEvents.none();
  }

  /**
   * Runs until {@link #stop}, or until the thread is interrupted.
   *
   * @throws DeliveryException when the failure is fatal, or when the servers could not be reached
   *     in time at the start; another broker may then be master
   */
  public void run() {
    while (!isEnding()) {
      boolean elected = false;
      try {
        Mastership won = election.campaign(stop, this::waitAsSlave);
        elected = true;
        if (won != null) {
          serve(won);
        }
      } catch (DeliveryException e) {
        standsBy = false;
        electionFails = !elected;
        retries.after(e);
      }
    }
  }

  /**
   * Makes {@link #run} return, after the messages already sent are committed and the position is
   * saved.
   */
  public void stop() {
    stop.raise();
    Term serving = term;
    if (serving != null) {
      serving.end();
    }
  }

  /**
   * Stops the delivery after what is being sent is committed; this broker remains the master. It
   * lasts until {@link #resume}, or until the mastership ends.
   *
   * @param by who asks for it, for log and events
   * @return false where this broker is not the master
   */
  public boolean pause(String by) {
    Term serving = servedTerm();
    if (serving == null) {
      return false;
    }
    if (!serving.isPaused()) {
      serving.pause();
      report(EventKind.PAUSED, "Paused by " + by);
    }
    return true;
  }

  /**
   * Continues a paused delivery.
   *
   * @return false where this broker is not the master
   */
  public boolean resume(String by) {
    Term serving = servedTerm();
    if (serving == null) {
      return false;
    }
    if (serving.isPaused()) {
      serving.resume();
      report(EventKind.RESUMED, "Resumed by " + by);
    }
    return true;
  }

  /**
   * Ends this broker's mastership, after what is being sent is committed. If no other broker
   * becomes master within two seconds, this one may become it again.
   *
   * @return false where this broker is not the master
   */
  public boolean resign(String by) {
    Term serving = servedTerm();
    if (serving == null) {
      return false;
    }
    report(EventKind.RESIGNED, "Resigned, as requested by " + by);
    resigns = true;
    serving.end();
    return true;
  }

  /**
   * Stores an operator's decision about the position while the delivery is paused; it applies when
   * the delivery is resumed.
   *
   * @return false, with nothing stored, where this broker is not a master that is paused
   * @throws DeliveryException when it cannot be stored
   */
  public boolean decide(PositionDecision decision) {
    Term serving = servedTerm();
    return serving != null && isPaused() && serving.decide(decision, this::isPaused);
  }

  private @Nullable Term servedTerm() {
    Term serving = term;
    return serving != null && isMaster() ? serving : null;
  }

  private void report(EventKind kind, String text) {
    log.info(text);
    events.add(kind, text);
  }

  /** Whether this broker is the master and its delivery is paused. */
  public boolean isPaused() {
    Term serving = servedTerm();
    return serving != null && serving.isPaused();
  }

  /** Whether this broker is the master. */
  public boolean isMaster() {
    Mastership held = mastership;
    return held != null && held.isHeld();
  }

  /** Since when this broker has been master, or has not been. */
  public Instant since() {
    return since;
  }

  /** Whether another broker is master, which this one watches. */
  public boolean standsBy() {
    return standsBy;
  }

  /** Why nothing works now; null while no attempt has failed since changes were delivered. */
  public @Nullable String failure() {
    Term serving = term;
    return serving != null && serving.isDelivering() ? null : retries.failure();
  }

  private boolean isEnding() {
    return stop.isRaised() || Thread.currentThread().isInterrupted();
  }

  /**
   * Called when another broker is master. A broker that has seen another master must not exit
   * because of a server outage when it becomes the master itself.
   */
  private void waitAsSlave() {
    Master other = election.master();
    log.info("Slave: {} is master", other);
    events.add(
        EventKind.SLAVE, "Slave: " + (other == null ? "another broker" : other) + " is master");
    retries.persist();
    retries.reset();
    retries.recovered();
    standsBy = true;
    standby.run();
  }

  private void serve(Mastership won) {
    try (won) {
      log.info("Master");
      events.add(EventKind.MASTER, "Master");
      standsBy = false;
      resigns = false;
      since = Instant.now();
      mastership = won;
      if (electionFails) {
        electionFails = false;
        retries.recovered();
      }
      won.onLoss(() -> events.add(EventKind.MASTERSHIP_LOST, "The master's lock was lost"));
      Term next = terms.create(won, retries);
      retries.reset(); // the outages of earlier terms do not count, but their cause may last
      term = next;
      if (!stop.isRaised()) {
        next.run();
      }
    } finally {
      term = null;
      mastership = null;
      since = Instant.now();
      terms.ended();
    }
    if (isEnding()) {
      return;
    }
    if (retries.isFutile()) {
      log.warn("Resigned, so that another broker can try to reach the servers");
      events.add(
          EventKind.RESIGNED, "Resigned, so that another broker can try to reach the servers");
    }
    if (resigns || retries.isFutile()) {
      pause.accept(PAUSE_AFTER_RESIGNING);
    }
  }

  /** Waits; returns early when the term or the program ends. */
  private void pause(Duration time) {
    Term serving = term;
    if (serving == null) {
      stop.await(time);
    } else {
      serving.awaitEnd(time);
    }
  }
}
