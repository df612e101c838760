package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.route.Rules;
import org.jspecify.annotations.Nullable;

/**
 * The rules in use, and those that the relay thread is to switch to between two transactions; it
 * reports from which position on. Outlives terms. Any thread.
 */
public final class ActiveRules {
  private Rules newest;
  private Rules applied;
  private @Nullable BinlogPosition from;
  private long refusedRevision;
  private @Nullable String refusal;
  private Runnable changed = () -> {};

  /**
   * @param first in force from the start
   */
  public ActiveRules(Rules first) {
    newest = first;
    applied = first;
  }

  /** Has these taken up at the next boundary between transactions. */
  public synchronized void offer(Rules rules) {
    newest = rules;
    refusedRevision = 0;
    refusal = null;
  }

  /** Remembers why a newer configuration is not in force; the rules stay what they are. */
  public synchronized void refuse(long revision, String reason) {
    refusedRevision = revision;
    refusal = reason;
    changed.run();
  }

  /** What was offered last, taken up or not. */
  public synchronized Rules newest() {
    return newest;
  }

  public synchronized RulesStatus status() {
    return new RulesStatus(applied.revision(), from, refusedRevision, refusal);
  }

  /** Has an action run after every change of {@link #status}; it must neither block nor throw. */
  public synchronized void onChange(Runnable action) {
    changed = action;
  }

  /** Begins a term, which uses the newest rules from its first row. */
  synchronized Rules begin(BinlogPosition start) {
    apply(start);
    return applied;
  }

  /** Whether {@link #take} would give some. */
  synchronized boolean isNewer() {
    return newest != applied;
  }

  /**
   * Takes up what was offered since, at a boundary.
   *
   * @param next where the next transaction starts
   * @return null when nothing was
   */
  synchronized @Nullable Rules take(BinlogPosition next) {
    if (newest == applied) {
      return null;
    }
    apply(next);
    return applied;
  }

  private void apply(BinlogPosition next) {
    applied = newest;
    from = next;
    changed.run();
  }
}
