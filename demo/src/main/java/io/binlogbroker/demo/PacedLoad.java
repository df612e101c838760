package io.binlogbroker.demo;

import io.binlogbroker.broker.relay.StopSignal;
import io.binlogbroker.cli.terminal.Console;
import io.binlogbroker.testkit.MysqlServer;

/** Writes the planned changes at their rate, on the caller's thread. */
final class PacedLoad {
  private final LoadPlan plan;
  private final Console console;
  private final RateLine rates;
  private final StopSignal stop;

  /**
   * @param stop ends the writing early; it is raised here when nobody reads the console any more
   */
  PacedLoad(LoadPlan plan, Console console, RateLine rates, StopSignal stop) {
    this.plan = plan;
    this.console = console;
    this.rates = rates;
    this.stop = stop;
  }

  /**
   * Returns how many row changes were written.
   *
   * @param check runs again and again, and throws when writing makes no more sense
   */
  long write(MysqlServer mysql, Runnable check) {
    DemoLoad load = new DemoLoad(plan.seed());
    Pace pace = new Pace(plan.rate(), System.nanoTime());
    long written = 0;
    try (ShopWriter writer = new ShopWriter(mysql)) {
      while (plan.hasMoreAfter(written) && !stop.isRaised()) {
        ShopTransaction transaction = load.next(plan.mostAfter(written));
        writer.write(transaction);
        written += transaction.rows();
        rates.written(transaction.rows());
        check.run();
        stopIfAbandoned();
        stop.await(pace.pauseAfter(written, System.nanoTime()));
      }
    }
    return written;
  }

  private void stopIfAbandoned() {
    if (console.isAbandoned()) {
      stop.raise();
    }
  }
}
