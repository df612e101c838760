package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.GroupControl;
import io.binlogbroker.broker.admin.GroupProgress;
import io.binlogbroker.broker.admin.GroupRole;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.admin.StatusDetails;
import io.binlogbroker.broker.alert.GroupAlerts;
import io.binlogbroker.broker.config.CommitConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.FormatConfig;
import io.binlogbroker.broker.config.alert.AlertConfig;
import io.binlogbroker.broker.config.source.OnSchemaMismatch;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.FixedConfig;
import io.binlogbroker.broker.config.watch.LiveConfig;
import io.binlogbroker.broker.config.watch.MysqlRules;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.broker.event.EventSaver;
import io.binlogbroker.broker.event.HostName;
import io.binlogbroker.broker.fleet.Fleet;
import io.binlogbroker.broker.fleet.Rebalancer;
import io.binlogbroker.broker.ha.Candidacy;
import io.binlogbroker.broker.ha.LastCommit;
import io.binlogbroker.broker.ha.LoggedGaps;
import io.binlogbroker.broker.ha.LostPosition;
import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.ha.Retries;
import io.binlogbroker.broker.ha.Term;
import io.binlogbroker.broker.kafka.KafkaProperties;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.KafkaWarmup;
import io.binlogbroker.broker.timer.GroupTimer;
import io.binlogbroker.engine.Pipeline;
import io.binlogbroker.engine.PipelineOptions;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.RelayMetrics;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.source.mysql.MysqlPositionOrder;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import io.binlogbroker.engine.source.mysql.server.SourceFacts;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import io.binlogbroker.engine.thread.GroupContext;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group of the daemon: takes part in the group's election and serves the group while it is
 * master. {@link #run} blocks its thread, which becomes the relay thread; the other methods may be
 * called from any thread.
 */
public final class Group implements BrokerState, Rebalancer.Member {
  private static final Logger log = LoggerFactory.getLogger(Group.class);
  private static final Duration OBSERVED_EVERY = Duration.ofSeconds(1);
  private static final Duration INDEFINITELY = Duration.ofNanos(Long.MAX_VALUE);

  private final String group;
  private final GroupContext context;
  private final ConfigStore store;
  private final StoredConfig started;
  private final Config config;
  private final GroupState state;
  private final KafkaSettings kafka;
  private final Lock warmups;
  private final Clock clock = Clock.systemUTC();
  private final String host = HostName.ofThis();
  private final EventRing ring = new EventRing(host, clock);
  private final GroupEvents events = this::report;
  private final LoggedGaps gaps = new LoggedGaps(events);
  private final LastCommit lastCommit = new LastCommit(new MysqlPositionOrder());
  private final ActiveRules rules;
  private final Pipeline pipeline;
  private final Metrics metrics;
  private final EventCounters counters;
  private final KafkaSinks sinks;
  private final SourceLag lag;
  private final SnapshotSteering steering;
  private final KnownMembers members;
  private final Candidacy candidacy;
  private final EventSaver saver;
  private final ObservedState observed;
  private final @Nullable GroupAlerts alerts;
  private final GroupTimer observer;
  private final LiveConfig live;
  private final GroupControl control;
  private volatile @Nullable String ended;

  /** A group whose configuration does not change. */
  public Group(String group, Config config, ProcessMetrics metrics) {
    this(group, new FixedConfig(config), metrics);
  }

  private Group(String group, FixedConfig store, ProcessMetrics metrics) {
    this(group, store, store.load(), new ProcessResources(metrics));
  }

  /**
   * @param store of the configuration, which is closed at the end of {@link #run}
   * @param started what was loaded from it
   * @param resources of the process. In one of several groups, unreachable servers are retried
   *     indefinitely
   * @throws ConfigException when the routing rules or Kafka's properties have faults
   */
  public Group(String group, ConfigStore store, StoredConfig started, ProcessResources resources) {
    this.group = group;
    this.context = new GroupContext(group);
    this.store = store;
    this.started = started;
    this.config = started.config();
    this.kafka = KafkaSettings.of(group, config.broker().kafka());
    this.warmups = resources.warmups();
    kafka.requireValid();
    this.rules = new ActiveRules(config.rules(started.revision()));
    this.state = GroupState.of(group, config.broker(), clock, resources.etcd());
    this.metrics = resources.metrics().of(group);
    this.counters = new EventCounters(metrics);
    this.pipeline = new Pipeline(options(), rules, metrics, events);
    this.candidacy =
        new Candidacy(
            state.election(),
            new Terms(),
            this::warmUp,
            resources.servesSeveral() ? INDEFINITELY : config.broker().startTimeout(),
            events);
    this.saver = new EventSaver(ring, state.events());
    this.observer = new GroupTimer("observer", OBSERVED_EVERY, OBSERVED_EVERY, this::observe);
    this.observed = new ObservedState(this, events);
    AlertConfig alert = config.broker().alert();
    this.alerts = alert == null ? null : new GroupAlerts(alert, host, this, clock);
    this.live =
        new LiveConfig(
            store.toString(),
            started,
            rules,
            new MysqlRules(group, config.broker()),
            candidacy::isMaster);
    this.sinks = new KafkaSinks(kafka, clock, pipeline.progress(), candidacy::isMaster, metrics);
    this.lag = new SourceLag(pipeline, candidacy::isMaster, metrics);
    this.steering =
        new SnapshotSteering(state.snapshotRequests(), pipeline.snapshots(), candidacy::isMaster);
    this.members = new KnownMembers(state.members());
    this.control = newControl();
    measure();
  }

  private GroupControl newControl() {
    Supplier<Config> current = () -> live.accepted().config();
    ServerChecks checks = new ServerChecks(group, kafka, current);
    return new OwnControl(
        candidacy,
        state.election()::master,
        new PositionActions(group, candidacy, current),
        new ConfigChanges(store.editor(), checks, current),
        new SnapshotActions(state.snapshotRequests(), checks, clock));
  }

  private void measure() {
    metrics.gauge(Metric.MASTER, () -> isMaster() ? 1 : 0);
    metrics.gauge(Metric.STANDBY, () -> !isMaster() && candidacy.standsBy() ? 1 : 0);
    metrics.gauge(Metric.PAUSED, () -> isPaused() ? 1 : 0);
    metrics.gauge(Metric.CONFIG_APPLIED_REVISION, () -> rules.status().appliedRevision());
    metrics.gauge(Metric.CONFIG_REFUSED_REVISION, () -> rules.status().refusedRevision());
    metrics.count(Metric.GAPS, gaps::count);
    metrics.count(Metric.THREAD_FAILURES, context.failures()::count);
    if (alerts != null) {
      metrics.count(Metric.ALERTS_DROPPED, alerts::dropped);
    }
  }

  /** What happens to the group is an event, and may be an alert. Any thread. */
  private void report(EventKind kind, String text, @Nullable Object place, @Nullable String fix) {
    ring.add(kind, text, place, fix);
    counters.add(kind);
    if (alerts != null) {
      alerts.add(kind, text, place, fix);
    }
  }

  private void observe() {
    observed.compare();
    if (alerts != null) {
      alerts.observe();
    }
  }

  /**
   * Campaigns and delivers for the group until {@link #stop}.
   *
   * @throws DeliveryException at a permanent failure; its kind determines the exit code
   */
  public void run() {
    try {
      context.run(this::serve);
      ended = "It was stopped.";
    } catch (RuntimeException | Error e) {
      ended = GroupEnd.of(e).reason();
      throw e;
    }
  }

  private void serve() {
    try (store;
        state;
        saver;
        alerts;
        lag;
        members;
        observer;
        steering;
        live) {
      events.add(EventKind.STARTED, "Started with revision " + started.revision());
      saver.start();
      if (alerts != null) {
        alerts.start();
      }
      lag.start();
      members.start();
      observer.start();
      steering.start();
      serveUntilStopped();
    }
  }

  private void serveUntilStopped() {
    try {
      describe(rules.newest().exact());
      store.watch(started.revision(), live);
      candidacy.run();
      log.info("Stopped");
      events.add(EventKind.STOPPED, "Stopped");
    } catch (RuntimeException | Error e) {
      GroupEnd.of(e).report(events);
      throw e;
    }
  }

  /** Ends {@link #run}: the work in progress is finished, committed and saved. */
  public void stop() {
    candidacy.stop();
  }

  /** The brokers with which this one shares its groups; null where they are not known. */
  @Nullable Fleet fleet() {
    return config.broker().etcd().autoRebalance() ? state.fleet() : null;
  }

  /** Since when this process is the master and delivers; null where it does not. */
  @Override
  public @Nullable Instant worksSince() {
    GroupRole role = role();
    return role.isMaster() && role.failure() == null && !isPaused() ? role.since() : null;
  }

  @Override
  public void resign(String reason) {
    context.run(() -> candidacy.resign(reason));
  }

  /** Of the group's threads. */
  GroupContext context() {
    return context;
  }

  @Override
  public String group() {
    return group;
  }

  @Override
  public boolean isMaster() {
    return candidacy.isMaster();
  }

  @Override
  public boolean isPaused() {
    return candidacy.isPaused();
  }

  @Override
  public GroupControl control() {
    return control;
  }

  @Override
  public StatusDetails details() {
    return new StatusDetails(ring.all(), lag.state(), source(), members.newest());
  }

  private @Nullable SourceFacts source() {
    OpenedServer opened = isMaster() ? pipeline.source() : null;
    return opened == null ? null : opened.facts();
  }

  @Override
  public GroupRole role() {
    return new GroupRole(isMaster(), candidacy.standsBy(), candidacy.since(), candidacy.failure());
  }

  @Override
  public GroupProgress progress() {
    if (!isMaster()) {
      return GroupProgress.none(config.source().heartbeat());
    }
    RelayMetrics relay = pipeline.progress();
    return new GroupProgress(
        relay.committed(),
        relay.secondsSinceEvent(),
        relay.millisUncommitted() / 1000.0,
        relay.millisBehind() / 1000.0,
        lag.state().bytesBehind(),
        config.source().heartbeat());
  }

  @Override
  public @Nullable String ended() {
    return ended;
  }

  @Override
  public List<String> servers() {
    return config.sourceOptions(group).servers();
  }

  @Override
  public Routes routes() {
    return rules.newest().exact();
  }

  @Override
  public RulesStatus rules() {
    return rules.status();
  }

  @Override
  public StoredConfig config() {
    return live.accepted();
  }

  @Override
  public long gaps() {
    return gaps.count();
  }

  @Override
  public long statementEvents() {
    return pipeline.statements().count();
  }

  @Override
  public List<ParkedTable> parked() {
    return isMaster() ? pipeline.parked().all() : List.of();
  }

  @Override
  public long parkedRows() {
    return pipeline.parked().missedRows();
  }

  @Override
  public List<SnapshotProgress> snapshots() {
    return isMaster() ? pipeline.snapshots().progress() : List.of();
  }

  @Override
  public ThreadFailures threadFailures() {
    return context.failures();
  }

  private void describe(Routes routes) {
    routes.describe().forEach(line -> log.info("Delivering {}", line));
    routes.notes().forEach(log::warn);
  }

  /** Creates the term of each mastership. */
  private final class Terms implements Candidacy.TermFactory {
    @Override
    public Term create(Mastership mastership, Retries retries) {
      mastership.onLoss(pipeline.progress()::forget);
      return term(mastership, retries);
    }

    @Override
    public void ended() {
      pipeline.forget();
    }
  }

  private Term term(Mastership mastership, Retries retries) {
    log.info("Starting delivery for group {}", group);
    saver.reload();
    live.selectAtTermStart(store, mastership.appliedConfig());
    rules.onChange(() -> mastership.publish(rules.status()));
    SourceOptions source = state.source(config);
    Pipeline.Stream stream = pipeline.open(source, mastership.catalogue());
    return new Term(
        stream.sources(),
        () -> sinks.create(mastership),
        mastership,
        stream::relay,
        lostPosition(stream),
        retries,
        lastCommit);
  }

  private LostPosition lostPosition(Pipeline.Stream stream) {
    return switch (config.source().onLostPosition()) {
      case STOP -> LostPosition.stops();
      case EARLIEST -> LostPosition.continuesAt(stream.oldest(), gaps);
      case LATEST -> LostPosition.continuesAt(stream.sources(), gaps);
    };
  }

  private void warmUp() {
    context.thread("kafka-warmup", () -> context.failures().survive(this::warmUpInTurn)).start();
  }

  private void warmUpInTurn() {
    warmups.lock();
    try {
      new KafkaWarmup(kafka).run();
    } finally {
      warmups.unlock();
    }
  }

  private PipelineOptions options() {
    FormatConfig messages = config.broker().messages();
    return new PipelineOptions(
        group,
        messages.format(),
        messages.options(),
        commitPolicy(),
        config.source().onStatementEvent(),
        config.source().onSchemaMismatch() == OnSchemaMismatch.PARK,
        config.source().snapshots().options(),
        config.broker().kafka().ddlTopic());
  }

  /** A source transaction is cut well before Kafka would abort its own for being too long. */
  private CommitPolicy commitPolicy() {
    CommitConfig commit = config.broker().commit();
    return new CommitPolicy(
        commit.commitInterval(),
        commit.commitSize().bytes(),
        commit.commitMaxSize().bytes(),
        new KafkaProperties(kafka).transactionTimeout().dividedBy(2));
  }
}
