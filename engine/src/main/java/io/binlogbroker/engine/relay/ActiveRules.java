package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.route.Rules;
import org.jspecify.annotations.Nullable;

/**
 * The active routing rules, and newer ones that the relay thread activates between two
 * transactions, with the position from which they apply. Outlives terms. Any thread.
 */
public final class ActiveRules {
  private Rules newest;
  private Rules applied;
  private @Nullable BinlogPosition from;
  private long refusedRevision;
  private @Nullable String refusal;
  private Runnable changed = () -> {};

  /**
   * @param first active from the start
   */
  public ActiveRules(Rules first) {
    newest = first;
    applied = first;
  }

  /** Activates rules at the next boundary between transactions. */
  public synchronized void offer(Rules rules) {
    newest = rules;
    refusedRevision = 0;
    refusal = null;
  }

  /** Records why a newer configuration is not active; the rules remain unchanged. */
  public synchronized void refuse(long revision, String reason) {
    refusedRevision = revision;
    refusal = reason;
    changed.run();
  }

  /** The newest rules, whether active yet or not. */
  public synchronized Rules newest() {
    return newest;
  }

  public synchronized RulesStatus status() {
    return new RulesStatus(applied.revision(), from, refusedRevision, refusal);
  }

  /**
   * Sets an action to run after every change of {@link #status}; it must neither block nor throw.
   */
  public synchronized void onChange(Runnable action) {
    changed = action;
  }

  /** Begins a term, which uses the newest rules from its first row. */
  synchronized Rules begin(BinlogPosition start) {
    apply(start);
    return applied;
  }

  /** Whether {@link #take} would return newer rules. */
  synchronized boolean isNewer() {
    return newest != applied;
  }

  /**
   * Activates the rules offered since, at a boundary.
   *
   * @param next where the next transaction starts
   * @return null when there are none
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
