package io.binlogbroker.bench;

import io.binlogbroker.bench.subject.ProcessFiles;
import java.io.IOException;

/** Waits until a server is idle: MySQL purges for one or two minutes after a load. */
final class IdleWait {
  private static final long SECONDS = 3;
  private static final int ATTEMPTS = 100;
  private static final long BUSY_TICKS = SECONDS * ProcessFiles.TICKS_PER_SECOND / 20;

  private IdleWait() {}

  static void await(long pid) throws IOException, InterruptedException {
    long before = ProcessFiles.cpuTicks(pid);
    for (int i = 0; i < ATTEMPTS; i++) {
      Thread.sleep(SECONDS * 1_000);
      long now = ProcessFiles.cpuTicks(pid);
      if (now - before < BUSY_TICKS) {
        return;
      }
      before = now;
    }
    throw new IllegalStateException(
        "Expected process " + pid + " to be idle within " + ATTEMPTS * SECONDS + " s");
  }
}
