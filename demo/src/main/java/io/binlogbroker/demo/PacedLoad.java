package io.binlogbroker.demo;

import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.terminal.Console;
import io.binlogbroker.testkit.MysqlServer;

/** Writes the planned changes at their rate, on the caller's thread. */
final class PacedLoad {
  private final LoadPlan plan;
  private final Console console;
  private final RateLine rates;
  private final StopSignal stop;

  /**
   * A load that has not started yet.
   *
   * @param stop ends the load early; raised here if the console is closed
   */
  PacedLoad(LoadPlan plan, Console console, RateLine rates, StopSignal stop) {
    this.plan = plan;
    this.console = console;
    this.rates = rates;
    this.stop = stop;
  }

  /**
   * Writes the changes.
   *
   * @param check runs after each transaction, and throws if the load must end
   * @return the number of row changes written
   */
  long write(MysqlServer mysql, Runnable check) {
    DemoLoad load = new DemoLoad(plan.seed());
    Pace pace = new Pace(plan.rate(), System.nanoTime());
    long written = 0;
    try (ShopWriter writer = new ShopWriter(mysql)) {
      while (plan.hasMoreAfter(written) && !stop.isRaised()) {
        ShopTransaction transaction = load.next(plan.remainingAfter(written));
        writer.write(transaction);
        written += transaction.rows();
        rates.written(transaction.rows());
        check.run();
        stopIfConsoleIsClosed();
        stop.await(pace.pauseAfter(written, System.nanoTime()));
      }
    }
    return written;
  }

  private void stopIfConsoleIsClosed() {
    if (console.isAbandoned()) {
      stop.raise();
    }
  }
}
