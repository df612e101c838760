package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.RulesStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the group's master applies a changed configuration, and prints from which position.
 */
final class AwaitRules {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final PrintStream out;
  private final Supplier<@Nullable Master> master;
  private final Consumer<Duration> pause;

  /**
   * @param pause sleeps for a duration
   */
  AwaitRules(PrintStream out, Supplier<@Nullable Master> master, Consumer<Duration> pause) {
    this.out = out;
    this.master = master;
    this.pause = pause;
  }

  /** Waits in real time. */
  static AwaitRules of(PrintStream out, ConfigPlace place, Config config) {
    return new AwaitRules(out, () -> place.master(config), new StopSignal()::await);
  }

  /**
   * Waits for this revision or a later one.
   *
   * @throws DeliveryException when the master refuses it or does not apply it in time
   */
  void await(long revision) {
    for (long polls = LIMIT.dividedBy(POLL_INTERVAL); polls > 0; polls--) {
      Master now = master.get();
      if (now == null) {
        out.println("No broker serves the group now: the change takes effect at the next start.");
        return;
      }
      if (isDecided(now.rules(), revision)) {
        return;
      }
      pause.accept(POLL_INTERVAL);
    }
    throw DeliveryException.fatal(
        FailureKind.UNREACHABLE,
        "Written, but the master ("
            + master.get()
            + ") has not applied it after "
            + LIMIT.toSeconds()
            + " s. It will apply it when it and its servers work again: see its log");
  }

  private boolean isDecided(@Nullable RulesStatus rules, long revision) {
    if (rules == null) {
      return false;
    }
    if (rules.refusal() != null && rules.refusedRevision() >= revision) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "Written, but the master refuses it and keeps revision "
              + rules.appliedRevision()
              + ": "
              + rules.refusal());
    }
    if (rules.appliedRevision() < revision) {
      return false;
    }
    out.println(rules.from() == null ? "In force." : "In force from " + rules.from() + ".");
    return true;
  }
}
