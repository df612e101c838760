package io.binlogbroker.demo;

import io.binlogbroker.broker.Group;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.file.FilePositionStore;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.StopSignal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The broker, with its relay thread. Belongs to the demo's thread. */
final class RunningBroker implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(15);
  private static final Duration STEP = Duration.ofMillis(20);

  private final Group broker;
  private final PositionStore positions;
  private final BackgroundTask relay;

  RunningBroker(String group, Config config) {
    this.broker = new Group(group, config, new ProcessMetrics());
    this.positions =
        new FilePositionStore(Path.of(config.broker().stateDir()), group, Clock.systemUTC());
    this.relay = BackgroundTask.start("relay", broker::run);
  }

  /**
   * Waits until the broker has stored its start position, so that it delivers everything written
   * afterwards. Returns early when the signal is raised.
   */
  void awaitStart(Duration limit, StopSignal stop) {
    long started = System.nanoTime();
    while (positions.load() == null && !stop.await(STEP)) {
      check();
      if (System.nanoTime() - started > limit.toNanos()) {
        throw new IllegalStateException(
            "Expected the broker to store its start position within " + limit.toSeconds() + " s");
      }
    }
  }

  /** Throws the exception with which the broker gave up, if it did. */
  void check() {
    relay.check();
  }

  /** Stops the broker, and waits for its end. */
  void stop() {
    broker.stop();
    relay.await(END_LIMIT);
  }

  @Override
  public void close() {
    broker.stop();
    relay.awaitEnd(END_LIMIT);
  }
}
