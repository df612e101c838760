package io.binlogbroker.broker.config.watch;

import io.binlogbroker.engine.model.ConfigException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Queues the reports of a store for the test's thread. */
public final class ReportedConfigs implements ConfigStore.Listener {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

  /**
   * One report.
   *
   * @param config null if it is faulty
   */
  public record Report(
      long revision, @Nullable StoredConfig config, @Nullable ConfigException faults) {
    /** The tables named by the first source's rules, as one text. */
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
    reports.add(new Report(config.revision(), config, null));
  }

  @Override
  public void faulty(long revision, ConfigException faults) {
    reports.add(new Report(revision, null, faults));
  }

  /** Waits for the next report. */
  public Report next() {
    return next(LIMIT);
  }

  private Report next(Duration limit) {
    try {
      Report next = reports.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("No change reported within " + limit);
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for a report with these tables and skips others. */
  public Report nextWith(String tables) {
    Report next = next();
    while (!next.tables().equals(tables)) {
      next = next();
    }
    return next;
  }

  public boolean isEmpty() {
    return reports.isEmpty();
  }
}
