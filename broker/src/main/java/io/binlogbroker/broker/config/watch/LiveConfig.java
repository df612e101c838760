package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.relay.ThreadFailures;
import io.binlogbroker.engine.route.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
  private final ActiveRules rules;
  private final RuleCheck server;
  private final BooleanSupplier isMaster;
  private final Later later;
  // What was told last; whatever was told before it no longer matters. Several threads.
  private final AtomicLong newest;
  // Of the rules in force; here, because routes belong to the relay's thread. Under the lock, as is
  // what follows.
  private List<String> routes;
  // The newest that a master may follow: held against the server or followed by a predecessor, or
  // what the process was started with as long as nothing else is known.
  private StoredConfig sure;
  private Rules sureRules;
  private boolean namesCompared;
  // Of this process's last mastership.
  private @Nullable RecordedRules recorded;

  /**
   * @param origin of the configuration, for the log
   * @param started what the broker was started with
   * @param server asked only while this broker is master: a slave leaves the server alone
   */
  public LiveConfig(
      String origin,
      StoredConfig started,
      ActiveRules rules,
      RuleCheck server,
      BooleanSupplier isMaster) {
    this(origin, started, rules, server, isMaster, new LaterThread());
  }

  LiveConfig(
      String origin,
      StoredConfig started,
      ActiveRules rules,
      RuleCheck server,
      BooleanSupplier isMaster,
      Later later) {
    this.origin = origin;
    this.started = started;
    this.rules = rules;
    this.server = server;
    this.isMaster = isMaster;
    this.later = later;
    this.newest = new AtomicLong(started.revision());
    this.sure = started;
    this.sureRules = started.config().rules(started.revision());
    this.routes = sureRules.exact().describe();
  }

  @Override
  public void changed(StoredConfig config) {
    if (isNewest(config.revision())) {
      later.run(Duration.ZERO, () -> decide(config, true));
    }
  }

  @Override
  public void faulty(long revision, ConfigException faults) {
    if (isNewest(revision)) {
      later.run(Duration.ZERO, () -> refuse(revision, faults.getMessage()));
    }
  }

  /** What the watch read before a new master loaded a newer one must not replace that. */
  private boolean isNewest(long revision) {
    long known = newest.accumulateAndGet(revision, Math::max);
    if (known > revision) {
      log.warn(
          "{}: revision {} is ignored because revision {} is known already; fix: if an older state"
              + " of the configuration was restored on purpose, restart the broker",
          origin,
          revision,
          known);
    }
    return known == revision;
  }

  /**
   * Decides at once what a new master follows, before it delivers by it: what lies in the store now
   * if that can be, else what its predecessor followed, and never something older. It is recorded
   * for the next one. On the caller's thread.
   *
   * @param place where the group's masters record what they follow
   * @throws DeliveryException when store, place or server cannot be asked now, or nothing of it can
   *     be followed
   */
  public void settle(ConfigStore store, AppliedConfigStore place) {
    long before = newest.get();
    StoredConfig now;
    try {
      now = store.load();
      // Unless the watch has told something newer meanwhile, which is decided then.
      newest.compareAndSet(before, now.revision());
    } catch (ConfigException e) {
      // The watch tells of it, and which revision it is.
      log.warn("{}: what lies there now is no configuration: {}", origin, e.getMessage());
      settleWithout(RecordedRules.find(store, place));
      return;
    }
    settle(RecordedRules.find(store, place), now);
  }

  private synchronized void settle(RecordedRules found, StoredConfig now) {
    recorded = found;
    try {
      requireAcceptable(found, now);
      follow(found, now);
    } catch (ConfigException e) {
      inherit(found);
      refuse(now.revision(), new ConfigException(origin, e.faults()).getMessage());
    }
  }

  private synchronized void settleWithout(RecordedRules found) {
    recorded = found;
    RulesStatus before = rules.status();
    inherit(found);
    if (before.refusal() != null) {
      rules.refuse(before.refusedRevision(), before.refusal());
    }
  }

  private void requireAcceptable(RecordedRules found, StoredConfig now) {
    if (found.isOf(now)) {
      warnOfRestart(now);
      warnOfNamesLater(now);
      return;
    }
    requireNoRestart(now);
    found.requireNotOlder(now);
    boolean isFirstStart = found.isEmpty() && now.revision() == sure.revision();
    if (isFirstStart) {
      requireStartable(server.checkAtStart(now.config().source()));
    } else if (found.hasRulesOf(now)) {
      warnOfNamesLater(now);
    } else {
      requireFitting(server.check(now.config().source()));
    }
  }

  private void follow(RecordedRules found, StoredConfig now) {
    Rules next = now.config().rules(now.revision());
    found.record(now);
    sure = now;
    sureRules = next;
    if (rules.newest().revision() != next.revision()) {
      accept(next);
    }
  }

  /** Follows what the predecessor did, which is recorded. */
  private void inherit(RecordedRules found) {
    if (found.isEmpty()) {
      log.warn(
          "{}: it is not recorded which configuration the group followed last, so the rules of"
              + " revision {} hold, which this broker has known as sound. If a master of an older"
              + " version had taken up newer ones, rows by those are missing from here on",
          origin,
          sure.revision());
      found.record(sure);
    } else {
      inheritRecorded(found);
    }
    if (rules.newest().revision() != sureRules.revision()) {
      accept(sureRules);
    }
  }

  private void inheritRecorded(RecordedRules found) {
    if (found.isOf(sure)) {
      return;
    }
    try {
      StoredConfig last = found.read();
      sureRules = last.config().rules(last.revision());
      sure = last;
      warnOfRestart(last);
    } catch (ConfigException e) {
      throw DeliveryException.retriable(
          FailureKind.CONFIGURATION,
          origin
              + ": neither what lies there now can be followed nor what the group's last master"
              + " followed; fix: correct the configuration. "
              + e.getMessage(),
          e);
    }
  }

  /** What the predecessor was restarted with, and this process was not. */
  private void warnOfRestart(StoredConfig followed) {
    List<String> keys = RestartKeys.between(started.config(), followed.config());
    if (!keys.isEmpty()) {
      log.warn(
          "The rules of revision {} hold, but this broker was started with other values of {};"
              + " fix: restart it",
          followed.revision(),
          keys);
    }
  }

  private synchronized void decide(StoredConfig change, boolean firstTry) {
    if (change.revision() != newest.get() || change.revision() == sure.revision()) {
      return;
    }
    try {
      requireNoRestart(change);
      Rules changed = change.config().rules(change.revision());
      if (isMaster.getAsBoolean()) {
        RecordedRules place = recorded;
        if (place == null) {
          later.run(TRY_AGAIN, () -> decide(change, firstTry)); // not settled yet
          return;
        }
        requireFitting(server.check(change.config().source()));
        place.record(change);
        sure = change;
        sureRules = changed;
      }
      accept(changed);
    } catch (ConfigException e) {
      refuse(change.revision(), new ConfigException(origin, e.faults()).getMessage());
    } catch (DeliveryException e) {
      refuseOrPostpone(change, e, firstTry);
    } catch (RuntimeException e) {
      ThreadFailures.ofProcess().add(e);
      refuse(change.revision(), ConfigException.unexpected(origin, e).getMessage());
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
      Fault fault = fault(result);
      if (result.isWarning()) {
        log.warn("{}", fault);
      } else if (!result.ok()) {
        faults.add(fault);
      }
    }
    throwIfAny(faults);
  }

  private static Fault fault(CheckResult result) {
    String fix = result.fix().isEmpty() ? "" : "; fix: " + result.fix();
    return new Fault(result.name(), result.detail() + fix);
  }

  /**
   * With nothing to fall back to, a rule that can never hold ends the process. What is not there or
   * may not be read now can come later.
   */
  private void requireStartable(List<CheckResult> results) {
    results.stream()
        .filter(result -> !result.ok() && result.kind() != FailureKind.CONFIGURATION)
        .forEach(result -> log.warn("{}", fault(result)));
    List<Fault> faults =
        results.stream()
            .filter(result -> result.kind() == FailureKind.CONFIGURATION)
            .map(LiveConfig::fault)
            .toList();
    if (!faults.isEmpty()) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          String.valueOf(new ConfigException(origin, faults).getMessage()));
    }
  }

  /** Of rules that hold already: a table may have been dropped, or misspelt all along. */
  private void warnOfNamesLater(StoredConfig followed) {
    if (!namesCompared) {
      namesCompared = true;
      later.run(Duration.ZERO, () -> warnOfNames(followed));
    }
  }

  private void warnOfNames(StoredConfig followed) {
    try {
      server.checkNames(followed.config().source()).stream()
          .filter(CheckResult::isWarning)
          .forEach(result -> log.warn("{}", fault(result)));
    } catch (DeliveryException e) {
      log.info("{}: the names in the rules are not compared with the server's: {}", origin, e);
    }
  }

  private static void throwIfAny(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }

  /** A server or store that is away is not the change's fault: it waits, or for a newer one. */
  private void refuseOrPostpone(StoredConfig change, DeliveryException e, boolean firstTry) {
    if (!e.isRetriable()) {
      refuse(change.revision(), e.getMessage());
      return;
    }
    if (firstTry) {
      log.warn(
          "{}: revision {} waits until it can be held against the server and recorded: {}",
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

  private synchronized void refuse(long revision, @Nullable String reason) {
    takeBack();
    log.error(
        "Revision {} of the configuration is refused, the rules of revision {} stay in force. {}",
        revision,
        rules.newest().revision(),
        reason);
    rules.refuse(revision, String.valueOf(reason));
  }

  /** What may have been recorded before it was replaced by what is refused was never followed. */
  private void takeBack() {
    RecordedRules place = recorded;
    if (place == null || !isMaster.getAsBoolean()) {
      return;
    }
    try {
      place.settle(sure);
    } catch (DeliveryException e) {
      log.warn("{}: what is in force is not recorded: {}", origin, e.getMessage());
    }
  }

  @Override
  public void close() {
    later.close();
  }
}
