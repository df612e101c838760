package io.binlogbroker.demo;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.terminal.Console;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demo, from the start of the servers to their end. Writes the changes on the
 * caller's thread; broker and consumer run on their own threads.
 */
final class Demo {
  private static final Duration BROKER_START_LIMIT = Duration.ofSeconds(60);

  private final Console console;
  private final StopSignal stop;
  private final LoadPlan plan;

  /**
   * A run that has not started yet.
   *
   * @param stop ends the run early when raised
   */
  Demo(Console console, StopSignal stop, LoadPlan plan) {
    this.console = console;
    this.stop = stop;
    this.plan = plan;
  }

  /** Runs, prints the outcome, and returns the exit code of the process. */
  int run() {
    Outcome outcome;
    try (DemoLog log = new DemoLog(console);
        DemoServers servers = new DemoServers(console)) {
      String text = DemoConfig.text(servers);
      Config config = new ConfigReader().read(text, "the demo's configuration");
      log.toFile(config.broker());
      introduce(text);
      servers.start(stop);
      outcome = stop.isRaised() ? outcome(0, null) : deliver(servers, config);
    } finally {
      console.close();
    }
    outcome.lines().forEach(console::line);
    return outcome.exitCode();
  }

  private void introduce(String config) {
    console.line("The broker's configuration, as a file for -c:");
    config.lines().forEach(line -> console.line("  " + console.colours().grey(line)));
  }

  private Outcome deliver(DemoServers servers, Config config) {
    ShopSchema.create(servers.mysql());
    console.line(
        "%s already has %d rows: with \"Snapshot\": \"initial\" they arrive too, as READ"
            .formatted(ShopSchema.EXISTING, ShopSchema.EXISTING_ROWS));
    long written;
    LiveConsumer consumer = new LiveConsumer(servers.kafka(), console);
    try (RunningBroker broker = new RunningBroker(DemoConfig.GROUP, config);
        consumer) {
      broker.awaitStart(BROKER_START_LIMIT, stop);
      console.line(
          "the broker is reading; from here on, each line is a message as a consumer receives it");
      Runnable check =
          () -> {
            broker.check();
            consumer.check();
          };
      written = new PacedLoad(plan, console, consumer.rates(), stop).write(servers.mysql(), check);
      consumer.awaitArrival(written + ShopSchema.EXISTING_ROWS, stop, check);
      broker.stop();
    }
    if (plan.isEndless() || stop.isRaised()) {
      return outcome(written, null);
    }
    Rebuild rebuild = new Rebuild(servers.mysql(), servers.kafka().bootstrapServers());
    return outcome(written, rebuild.differences(consumer.topics(), written));
  }

  private Outcome outcome(long written, @Nullable List<String> differences) {
    return new Outcome(written, differences, !plan.isEndless());
  }
}
