package io.binlogbroker.broker.live;

import io.binlogbroker.broker.config.ConfigException;
import io.binlogbroker.broker.config.Fault;
import io.binlogbroker.broker.relay.CheckResult;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.Rules;
import io.binlogbroker.broker.relay.RulesInForce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers changed routing rules to the relay, or refuses a change whole and says why. Is told by the
 * store's thread, which it does not hold up: it decides on its own.
 */
public final class LiveConfig implements ConfigStore.Listener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveConfig.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(3);

  private final String origin;
  private final StoredConfig started;
  private final RulesInForce rules;
  private final RuleCheck server;
  private final BooleanSupplier isMaster;
  private final Later later;
  // What was told last; whatever was told before it no longer matters. Both threads.
  private volatile long newest;
  // Of the rules in force; here, because routes belong to the relay's thread. Under the lock, as is
  // what follows.
  private List<String> routes;
  // The newest that were held against the server, or that the process was started with.
  private Rules sure;

  /**
   * @param origin of the configuration, for the log
   * @param started what the broker was started with
   * @param server asked only while this broker is master: a slave leaves the server alone
   */
  public LiveConfig(
      String origin,
      StoredConfig started,
      RulesInForce rules,
      RuleCheck server,
      BooleanSupplier isMaster) {
    this(origin, started, rules, server, isMaster, new LaterThread());
  }

  LiveConfig(
      String origin,
      StoredConfig started,
      RulesInForce rules,
      RuleCheck server,
      BooleanSupplier isMaster,
      Later later) {
    this.origin = origin;
    this.started = started;
    this.rules = rules;
    this.server = server;
    this.isMaster = isMaster;
    this.later = later;
    this.newest = started.revision();
    this.sure = Rules.of(started.revision(), started.config());
    this.routes = sure.exact().describe();
  }

  @Override
  public void changed(StoredConfig config) {
    newest = config.revision();
    later.run(Duration.ZERO, () -> decide(config, true));
  }

  @Override
  public void faulty(long revision, ConfigException faults) {
    newest = revision;
    later.run(Duration.ZERO, () -> refuse(revision, faults.getMessage()));
  }

  /**
   * Decides at once on what lies in the store now, before a new master delivers by it: a
   * predecessor may go by it already, and nobody may have held it against the server. On the
   * caller's thread.
   *
   * @throws RelayException when the store or the server cannot be asked now
   */
  public void settle(ConfigStore store) {
    try {
      StoredConfig now = store.load();
      newest = now.revision();
      settle(now);
    } catch (ConfigException e) {
      // The watch tells of it; what was sound before goes on.
      log.warn("{}: what lies there now is no configuration: {}", origin, e.getMessage());
    }
  }

  private synchronized void settle(StoredConfig now) {
    if (now.revision() == sure.revision()) {
      return;
    }
    try {
      requireNoRestart(now);
      Rules changed = Rules.of(now.revision(), now.config());
      requireFitting(server.check(now.config().source()));
      sure = changed;
      if (rules.newest().revision() != changed.revision()) {
        accept(changed);
      }
    } catch (ConfigException e) {
      rules.offer(sure);
      refuse(now.revision(), String.valueOf(e.getMessage()));
    }
  }

  private synchronized void decide(StoredConfig change, boolean firstTry) {
    if (change.revision() != newest || change.revision() == sure.revision()) {
      return;
    }
    try {
      requireNoRestart(change);
      Rules changed = Rules.of(change.revision(), change.config());
      if (isMaster.getAsBoolean()) {
        requireFitting(server.check(change.config().source()));
        sure = changed;
      }
      accept(changed);
    } catch (ConfigException e) {
      refuse(change.revision(), new ConfigException(origin, e.faults()).getMessage());
    } catch (RelayException e) {
      refuseOrPostpone(change, e, firstTry);
    }
  }

  private void requireNoRestart(StoredConfig change) {
    List<Fault> faults =
        RestartKeys.between(started.config(), change.config()).stream()
            .map(key -> new Fault(key, "cannot change while the broker runs; restart the broker"))
            .toList();
    throwIfAny(faults);
  }

  private static void requireFitting(List<CheckResult> results) {
    List<Fault> faults = new ArrayList<>();
    for (CheckResult result : results) {
      String mend = result.mend().isEmpty() ? "" : "; to mend: " + result.mend();
      Fault fault = new Fault(result.name(), result.detail() + mend);
      if (result.isWarning()) {
        log.warn("{}", fault);
      } else if (!result.ok()) {
        faults.add(fault);
      }
    }
    throwIfAny(faults);
  }

  private static void throwIfAny(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }

  /** A server that is away is not the change's fault: it waits for the server, or for a newer. */
  private void refuseOrPostpone(StoredConfig change, RelayException e, boolean firstTry) {
    if (!e.isPassing()) {
      refuse(change.revision(), e.getMessage());
      return;
    }
    if (firstTry) {
      log.warn(
          "{}: revision {} waits until it can be held against the server: {}",
          origin,
          change.revision(),
          e.getMessage());
    }
    later.run(TRY_AGAIN, () -> decide(change, false));
  }

  private void accept(Rules changed) {
    List<String> before = routes;
    List<String> now = changed.exact().describe();
    log.info("{}: revision {} is accepted", origin, changed.revision());
    before.stream()
        .filter(line -> !now.contains(line))
        .forEach(line -> log.info("No longer delivering {}", line));
    now.stream()
        .filter(line -> !before.contains(line))
        .forEach(line -> log.info("Delivering {}", line));
    changed.exact().notes().forEach(log::warn);
    routes = now;
    rules.offer(changed);
  }

  private void refuse(long revision, @Nullable String reason) {
    log.error(
        "Revision {} of the configuration is refused, the rules of revision {} stay in force. {}",
        revision,
        rules.newest().revision(),
        reason);
    rules.refuse(revision, String.valueOf(reason));
  }

  @Override
  public void close() {
    later.close();
  }
}
