package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.AdminServer;
import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.OnSchemaMismatch;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.FixedConfig;
import io.binlogbroker.broker.config.watch.LiveConfig;
import io.binlogbroker.broker.config.watch.MysqlRules;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.Candidacy;
import io.binlogbroker.broker.ha.LastCommit;
import io.binlogbroker.broker.ha.LoggedGaps;
import io.binlogbroker.broker.ha.LostPosition;
import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.ha.Retries;
import io.binlogbroker.broker.ha.Term;
import io.binlogbroker.broker.kafka.KafkaChangeSink;
import io.binlogbroker.broker.kafka.KafkaProperties;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.KafkaWarmup;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.AsyncChangeSink;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.DdlTopic;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.relay.RowDelivery;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.relay.StatementChanges;
import io.binlogbroker.engine.relay.ThreadFailures;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.schema.catalogue.Catalogue;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.schema.catalogue.DamagedEntryException;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.schema.catalogue.ParkedTables;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.mysql.MysqlPositionOrder;
import io.binlogbroker.engine.source.mysql.MysqlSourceOpener;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group's broker, wired of its parts. {@link #run} occupies its thread, which becomes the relay
 * thread; {@link #stop} may come from any other.
 */
public final class Broker implements BrokerState {
  private static final Logger log = LoggerFactory.getLogger(Broker.class);

  private final String group;
  private final ConfigStore store;
  private final StoredConfig started;
  private final Config config;
  private final GroupState state;
  private final KafkaSettings kafka;
  private final Clock clock = Clock.systemUTC();
  private final LoggedGaps gaps = new LoggedGaps();
  private final LastCommit lastCommit = new LastCommit(new MysqlPositionOrder());
  private final ActiveRules rules;
  private final StatementChanges statements;
  private final ParkedTables parked;
  private final Candidacy candidacy;
  private final LiveConfig live;

  /** A broker whose configuration nobody changes. */
  public Broker(String group, Config config) {
    this(group, new FixedConfig(config));
  }

  private Broker(String group, FixedConfig store) {
    this(group, store, store.load());
  }

  /**
   * @param store of the configuration, which is closed at the end of {@link #run}
   * @param started what was loaded from it
   * @throws ConfigException when the routing rules or Kafka's properties have faults
   */
  public Broker(String group, ConfigStore store, StoredConfig started) {
    this.group = group;
    this.store = store;
    this.started = started;
    this.config = started.config();
    this.kafka = KafkaSettings.of(group, config.broker().kafka());
    kafka.requireSound();
    this.rules = new ActiveRules(config.rules(started.revision()));
    this.state = GroupState.of(group, config.broker(), clock);
    this.statements = new StatementChanges(config.source().onStatementEvent());
    this.parked = new ParkedTables(config.source().onSchemaMismatch() == OnSchemaMismatch.PARK);
    this.candidacy =
        new Candidacy(state.election(), this::term, this::rehearse, config.broker().startTimeout());
    this.live =
        new LiveConfig(
            store.toString(),
            started,
            rules,
            new MysqlRules(group, config.broker()),
            candidacy::isMaster);
    describe(rules.newest().exact());
  }

  /**
   * Works for the group until {@link #stop}.
   *
   * @throws DeliveryException when no retry helps; its exit code says why
   */
  public void run() {
    try (store;
        state;
        AdminServer admin = adminServer();
        live) {
      store.watch(started.revision(), live);
      candidacy.run();
      log.info("Stopped");
    }
  }

  private @Nullable AdminServer adminServer() {
    String listen = config.broker().admin().rpcListen();
    return listen.isEmpty()
        ? null
        : AdminServer.open(listen, config.broker().admin().rpcHosts(), this);
  }

  /** Ends {@link #run}: what is under way is finished, committed and saved. */
  public void stop() {
    candidacy.stop();
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
  public RulesStatus rules() {
    return rules.status();
  }

  @Override
  public long gaps() {
    return gaps.count();
  }

  @Override
  public long statementEvents() {
    return statements.count();
  }

  @Override
  public List<ParkedTable> parked() {
    return parked.all();
  }

  @Override
  public long parkedRows() {
    return parked.missedRows();
  }

  @Override
  public long threadFailures() {
    return ThreadFailures.ofProcess().count();
  }

  @Override
  public @Nullable String lastThreadFailure() {
    return ThreadFailures.ofProcess().last();
  }

  private void describe(Routes routes) {
    routes.describe().forEach(line -> log.info("Delivering {}", line));
    routes.notes().forEach(log::warn);
  }

  private ChangeSink sink(Mastership mastership) {
    return new AsyncChangeSink(new KafkaChangeSink(kafka, clock), mastership::isHeld);
  }

  private Term term(Mastership mastership, Retries retries) {
    log.info("Working for group {}", group);
    live.selectAtTermStart(store, mastership.appliedConfig());
    rules.onChange(() -> mastership.publish(rules.status()));
    Catalogue catalogue = new Catalogue(mastership.catalogue(), this::delivers);
    MysqlSourceOpener sources = new MysqlSourceOpener(state.source(config), catalogue);
    return new Term(
        sources,
        () -> sink(mastership),
        mastership,
        following(catalogue, mastership.catalogue()),
        lostPosition(sources),
        retries,
        lastCommit);
  }

  /** Told apart without regard to case: a table too many in the catalogue does no harm. */
  private boolean delivers(TableName name) {
    return rules.newest().ignoringCase().delivers(name.schema(), name.table());
  }

  private Term.RelayFactory following(Catalogue catalogue, CatalogueStore entries) {
    return (source, sink, start, mayWork) -> {
      beginParked(entries, start.epoch());
      catalogue.begin(start.epoch(), start.place());
      return relay(source, sink, start, mayWork);
    };
  }

  /** Forgetting a parked table would hide that rows of it were left out. */
  private void beginParked(CatalogueStore entries, String epoch) {
    try {
      parked.begin(entries, epoch);
    } catch (DamagedEntryException e) {
      throw DeliveryException.fatal(FailureKind.CONFIGURATION, String.valueOf(e.getMessage()), e);
    }
  }

  private LostPosition lostPosition(MysqlSourceOpener sources) {
    return switch (config.source().onLostPosition()) {
      case STOP -> LostPosition.stops();
      case EARLIEST -> LostPosition.goesOn(from -> sources.openOldest(), gaps);
      case LATEST -> LostPosition.goesOn(sources, gaps);
    };
  }

  private void rehearse() {
    KafkaWarmup rehearsal = new KafkaWarmup(kafka);
    Thread thread = new Thread(() -> ThreadFailures.ofProcess().survive(rehearsal), "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private Relay relay(
      ChangeSource source, ChangeSink sink, Position start, BooleanSupplier mayWork) {
    return new Relay(
        source, sink, rules, this::delivery, commitPolicy(), start, mayWork, clock::millis);
  }

  private RowDelivery delivery(Routes routes) {
    return new RowDelivery(
        group,
        routes,
        new Formats(config.broker().messages().format(), config.broker().messages().options()),
        statements,
        parked,
        new DdlTopic(group, config.broker().kafka().ddlTopic()));
  }

  /** A source transaction is cut well before Kafka would abort its own for being too long. */
  private CommitPolicy commitPolicy() {
    return new CommitPolicy(
        config.broker().commit().commitInterval(),
        config.broker().commit().commitSize().bytes(),
        config.broker().commit().commitMaxSize().bytes(),
        new KafkaProperties(kafka).transactionTimeout().dividedBy(2));
  }
}
