package io.binlogbroker.broker.config.watch;

import io.binlogbroker.engine.model.ConfigException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers what a store has told, for the test's thread to wait for. */
public final class ToldConfigs implements ConfigStore.Listener {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

  /**
   * One thing that was told.
   *
   * @param config null for one with faults
   */
  public record Told(
      long revision, @Nullable StoredConfig config, @Nullable ConfigException faults) {
    /** What the table rules of the first source name, as one text. */
    public String tables() {
      return config == null
          ? "none: " + faults
          : String.join(
              ",",
              config.config().source().sources().get(0).tables().stream()
                  .map(rule -> rule.table())
                  .toList());
    }
  }

  @Override
  public void changed(StoredConfig config) {
    told.add(new Told(config.revision(), config, null));
  }

  @Override
  public void faulty(long revision, ConfigException faults) {
    told.add(new Told(revision, null, faults));
  }

  /** Waits for the next. */
  public Told next() {
    return next(LIMIT);
  }

  private Told next(Duration limit) {
    try {
      Told next = told.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("Waited in vain for a change to be told, for " + limit);
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for one with these tables, past others. */
  public Told nextWith(String tables) {
    Told next = next();
    while (!next.tables().equals(tables)) {
      next = next();
    }
    return next;
  }

  public boolean isEmpty() {
    return told.isEmpty();
  }
}
