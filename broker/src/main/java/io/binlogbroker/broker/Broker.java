package io.binlogbroker.broker;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigException;
import io.binlogbroker.broker.config.Fault;
import io.binlogbroker.broker.file.FileGroupLock;
import io.binlogbroker.broker.file.FilePositionStore;
import io.binlogbroker.broker.format.Format;
import io.binlogbroker.broker.kafka.KafkaChangeSink;
import io.binlogbroker.broker.kafka.KafkaProperties;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.mysql.MysqlSourceOpener;
import io.binlogbroker.broker.mysql.SourceOptions;
import io.binlogbroker.broker.relay.ChangeSink;
import io.binlogbroker.broker.relay.ChangeSource;
import io.binlogbroker.broker.relay.CommitPolicy;
import io.binlogbroker.broker.relay.Position;
import io.binlogbroker.broker.relay.PositionStore;
import io.binlogbroker.broker.relay.Relay;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.RowDelivery;
import io.binlogbroker.broker.relay.StopSignal;
import io.binlogbroker.broker.relay.Term;
import io.binlogbroker.broker.route.RouteCompiler;
import io.binlogbroker.broker.route.Routes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group's broker, wired of its parts. {@link #run} occupies its thread, which becomes the relay
 * thread; {@link #stop} may come from any other.
 */
public final class Broker {
  private static final Logger log = LoggerFactory.getLogger(Broker.class);

  private final String group;
  private final Config config;
  private final Path stateDir;
  private final KafkaSettings kafka;
  private final Clock clock = Clock.systemUTC();
  private final StopSignal stop = new StopSignal();
  private final Term term;

  /**
   * @throws ConfigException when the routing rules or Kafka's properties have faults
   */
  public Broker(String group, Config config) {
    this.group = group;
    this.config = config;
    this.stateDir = Path.of(config.broker().stateDir());
    this.kafka = KafkaSettings.of(group, config.broker());
    requireSound(kafka);
    PositionStore store = new FilePositionStore(stateDir, group, clock);
    SourceOptions source = SourceOptions.of(group, config);
    this.term =
        new Term(
            new MysqlSourceOpener(source),
            this::sink,
            store,
            this::relay,
            config.broker().startTimeout(),
            stop);
    describe(RouteCompiler.compile(config.source(), false));
  }

  private static void requireSound(KafkaSettings kafka) {
    List<Fault> faults =
        KafkaProperties.faults(kafka.properties()).stream()
            .map(fault -> new Fault("Kafka", fault))
            .toList();
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }

  /**
   * Works for the group until {@link #stop}.
   *
   * @throws RelayException when no retry helps; its exit code says why
   */
  public void run() {
    try (FileGroupLock lock = FileGroupLock.acquire(stateDir, group)) {
      log.info("Working for group {}", group);
      term.run();
      log.info("Stopped");
    }
  }

  /** Ends {@link #run}: what is under way is finished, committed and saved. */
  public void stop() {
    term.end();
  }

  private void describe(Routes routes) {
    routes.describe().forEach(line -> log.info("Delivering {}", line));
    routes.notes().forEach(log::warn);
  }

  private ChangeSink sink() {
    return new KafkaChangeSink(kafka, List.of(), clock);
  }

  private Relay relay(ChangeSource source, ChangeSink sink, Position start) {
    Routes routes = RouteCompiler.compile(config.source(), source.ignoresCase());
    RowDelivery delivery =
        new RowDelivery(group, routes, Format.of(config.broker().format()).writer());
    return new Relay(source, sink, delivery, commitPolicy(), start, clock::millis);
  }

  /** A source transaction is cut well before Kafka would abort its own for being too long. */
  private CommitPolicy commitPolicy() {
    return new CommitPolicy(
        config.broker().commitInterval(),
        config.broker().commitSize().bytes(),
        config.broker().commitMaxSize().bytes(),
        new KafkaProperties(kafka).transactionTimeout().dividedBy(2));
  }
}
