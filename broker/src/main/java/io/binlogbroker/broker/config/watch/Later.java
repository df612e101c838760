package io.binlogbroker.broker.config.watch;

import java.time.Duration;

/** Runs pieces of work after a while, one at a time, on a thread of its own. */
interface Later extends AutoCloseable {
  void run(Duration after, Runnable work);

  /** What has not begun is not run. */
  @Override
  void close();
}
