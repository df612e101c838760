package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks changed routing rules and offers them to the relay, or refuses a change as a whole with
 * the reason. The store's thread only notifies it; checks run on the thread {@code config-check},
 * which does not keep the process alive.
 */
public final class LiveConfig implements ConfigStore.Listener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveConfig.class);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

  private final String origin;
  private final StoredConfig started;
  private final ActiveRules rules;
  private final RuleCheck server;
  private final BooleanSupplier isMaster;
  private final ScheduledExecutorService checks;
  // The last revision that was notified; earlier ones no longer matter. Several threads.
  private final AtomicLong newest;
  // Of the active rules; kept here because routes belong to the relay's thread. Guarded by this
  // object's lock, as are the fields below.
  private List<String> routes;
  // The newest configuration that a master may follow: checked against the server, or followed by
  // the previous master, or, as long as nothing else is known, the one from the process's start.
  private StoredConfig verified;
  private Rules verifiedRules;
  private boolean namesCompared;
  // Read by any thread, without the lock, which is held while servers are queried.
  private volatile StoredConfig accepted;
  // Of this process's last term as master.
  private @Nullable RecordedRules recorded;

  /**
   * @param origin names the configuration in the log
   * @param started the configuration at the broker's start
   * @param server queried only while this broker is master: a slave does not connect to it
   */
  public LiveConfig(
      String origin,
      StoredConfig started,
      ActiveRules rules,
      RuleCheck server,
      BooleanSupplier isMaster) {
    this(origin, started, rules, server, isMaster, checkThread());
  }

  LiveConfig(
      String origin,
      StoredConfig started,
      ActiveRules rules,
      RuleCheck server,
      BooleanSupplier isMaster,
      ScheduledExecutorService checks) {
    this.origin = origin;
    this.started = started;
    this.rules = rules;
    this.server = server;
    this.isMaster = isMaster;
    this.checks = checks;
    this.newest = new AtomicLong(started.revision());
    this.verified = started;
    this.accepted = started;
    this.verifiedRules = started.config().rules(started.revision());
    this.routes = verifiedRules.exact().describe();
  }

  /**
   * The newest valid configuration, whose rules the relay applies at its next boundary. Any thread.
   */
  public StoredConfig accepted() {
    return accepted;
  }

  @Override
  public void changed(StoredConfig config) {
    if (isNewest(config.revision())) {
      schedule(Duration.ZERO, () -> decide(config, true));
    }
  }

  @Override
  public void faulty(long revision, ConfigException faults) {
    if (isNewest(revision)) {
      schedule(Duration.ZERO, () -> refuse(revision, faults.getMessage()));
    }
  }

  /**
   * A revision that the watch read before a new master loaded a newer one must not replace the
   * newer one.
   */
  private boolean isNewest(long revision) {
    long known = newest.accumulateAndGet(revision, Math::max);
    if (known > revision) {
      log.warn(
          "{}: revision {} is ignored because revision {} is already known; fix: if an older"
              + " configuration was restored on purpose, restart the broker",
          origin,
          revision,
          known);
    }
    return known == revision;
  }

  /**
   * Selects and records the configuration that a new master follows before it delivers: the store's
   * current one if it is valid, else the one that the previous master followed, never an older one.
   * Runs on the caller's thread.
   *
   * @param place where the group's masters record the configuration they follow
   * @throws DeliveryException when store, place or server cannot be reached now, or neither
   *     configuration can be followed
   */
  public void selectAtTermStart(ConfigStore store, AppliedConfigStore place) {
    long before = newest.get();
    StoredConfig now;
    try {
      now = store.load();
      // Unless the watch has reported a newer one meanwhile, which is checked then.
      newest.compareAndSet(before, now.revision());
    } catch (ConfigException e) {
      // The watch reports it with its revision.
      log.warn("{}: the current configuration is invalid: {}", origin, e.getMessage());
      selectWithoutCurrent(RecordedRules.find(store, place));
      return;
    }
    selectAtTermStart(RecordedRules.find(store, place), now);
  }

  private synchronized void selectAtTermStart(RecordedRules found, StoredConfig now) {
    recorded = found;
    try {
      requireAcceptable(found, now);
      follow(found, now);
    } catch (ConfigException e) {
      followPredecessor(found);
      refuse(now.revision(), new ConfigException(origin, e.faults()).getMessage());
    }
  }

  private synchronized void selectWithoutCurrent(RecordedRules found) {
    recorded = found;
    RulesStatus before = rules.status();
    followPredecessor(found);
    if (before.refusal() != null) {
      rules.refuse(before.refusedRevision(), before.refusal());
    }
  }

  private void requireAcceptable(RecordedRules found, StoredConfig now) {
    if (found.isOf(now)) {
      warnOfRestart(now);
      scheduleNameCheck(now);
      return;
    }
    requireNoRestart(now);
    found.requireNotOlder(now);
    boolean isFirstStart = found.isEmpty() && now.revision() == verified.revision();
    if (isFirstStart) {
      requireStartable(server.checkAtStart(now.config().source()));
    } else if (found.hasRulesOf(now)) {
      scheduleNameCheck(now);
    } else {
      requireNoFailure(server.check(now.config().source()));
    }
  }

  private void follow(RecordedRules found, StoredConfig now) {
    Rules next = now.config().rules(now.revision());
    found.record(now);
    verified = now;
    verifiedRules = next;
    if (rules.newest().revision() != next.revision()) {
      accept(now, next);
    }
  }

  /** Follows the recorded configuration of the previous master. */
  private void followPredecessor(RecordedRules found) {
    if (found.isEmpty()) {
      log.warn(
          "{}: no record of the configuration that the group followed last, so the rules of"
              + " revision {} apply, the last valid ones that this broker has read. If a master of"
              + " an older version followed newer rules, rows that only those select are missing"
              + " from here on",
          origin,
          verified.revision());
      found.record(verified);
    } else {
      followRecorded(found);
    }
    if (rules.newest().revision() != verifiedRules.revision()) {
      accept(verified, verifiedRules);
    }
  }

  private void followRecorded(RecordedRules found) {
    if (found.isOf(verified)) {
      return;
    }
    try {
      StoredConfig last = found.read();
      verifiedRules = last.config().rules(last.revision());
      verified = last;
      warnOfRestart(last);
    } catch (ConfigException e) {
      throw DeliveryException.retriable(
          FailureKind.CONFIGURATION,
          origin
              + ": neither the current configuration nor the one that the group's last master"
              + " followed can be used; fix: correct the configuration. "
              + e.getMessage(),
          e);
    }
  }

  /** Warns of keys that the previous master was restarted with and this process was not. */
  private void warnOfRestart(StoredConfig followed) {
    List<String> keys = RestartKeys.between(started.config(), followed.config());
    if (!keys.isEmpty()) {
      log.warn(
          "The rules of revision {} apply, but this broker was started with other values of {};"
              + " fix: restart it",
          followed.revision(),
          keys);
    }
  }

  private synchronized void decide(StoredConfig change, boolean firstTry) {
    if (change.revision() != newest.get() || change.revision() == verified.revision()) {
      return;
    }
    try {
      requireNoRestart(change);
      Rules changed = change.config().rules(change.revision());
      if (isMaster.getAsBoolean()) {
        RecordedRules place = recorded;
        if (place == null) {
          schedule(
              RETRY_INTERVAL,
              () -> decide(change, firstTry)); // the new term's configuration is not selected yet
          return;
        }
        requireNoFailure(server.check(change.config().source()));
        place.record(change);
        verified = change;
        verifiedRules = changed;
      }
      accept(change, changed);
    } catch (ConfigException e) {
      refuse(change.revision(), new ConfigException(origin, e.faults()).getMessage());
    } catch (DeliveryException e) {
      refuseOrPostpone(change, e, firstTry);
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
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

  private static void requireNoFailure(List<CheckResult> results) {
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
   * At a first start there is no configuration to fall back to: a rule that can never apply ends
   * the process. Tables that are missing or not readable now may become so later.
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

  /**
   * For rules that already apply: a table may have been dropped, or its name may always have been
   * misspelt.
   */
  private void scheduleNameCheck(StoredConfig followed) {
    if (!namesCompared) {
      namesCompared = true;
      schedule(Duration.ZERO, () -> warnOfNames(followed));
    }
  }

  private void warnOfNames(StoredConfig followed) {
    try {
      server.checkNames(followed.config().source()).stream()
          .filter(CheckResult::isWarning)
          .forEach(result -> log.warn("{}", fault(result)));
    } catch (DeliveryException e) {
      log.info(
          "{}: the names in the rules could not be compared with the server's tables: {}",
          origin,
          e);
    }
  }

  private static void throwIfAny(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }

  /**
   * If the server or the store is unreachable, the change is retried until a newer one replaces it.
   */
  private void refuseOrPostpone(StoredConfig change, DeliveryException e, boolean firstTry) {
    if (!e.isRetriable()) {
      refuse(change.revision(), e.getMessage());
      return;
    }
    if (firstTry) {
      log.warn(
          "{}: revision {} is not active yet: it cannot be checked against the server and recorded:"
              + " {}",
          origin,
          change.revision(),
          e.getMessage());
    }
    schedule(RETRY_INTERVAL, () -> decide(change, false));
  }

  private void accept(StoredConfig config, Rules changed) {
    accepted = config;
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
    rewriteUncertainRecord();
    log.error(
        "Revision {} of the configuration is refused, the rules of revision {} stay in force. {}",
        revision,
        rules.newest().revision(),
        reason);
    rules.refuse(revision, String.valueOf(reason));
  }

  /** A change that may have been recorded before the refused one replaced it was never followed. */
  private void rewriteUncertainRecord() {
    RecordedRules place = recorded;
    if (place == null || !isMaster.getAsBoolean()) {
      return;
    }
    try {
      place.rewriteIfUncertain(verified);
    } catch (DeliveryException e) {
      log.warn("{}: the active configuration is not recorded: {}", origin, e.getMessage());
    }
  }

  private static ScheduledExecutorService checkThread() {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> GroupContext.newThread("config-check", task),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private void schedule(Duration delay, Runnable task) {
    var unused = checks.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The executor alone would swallow an internal error. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      GroupContext.currentFailures().add(e);
    }
  }

  @Override
  public void close() {
    checks.shutdownNow();
  }
}
