package io.binlogbroker.engine;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.DdlTopic;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.relay.RelayMetrics;
import io.binlogbroker.engine.relay.RelaySetup;
import io.binlogbroker.engine.relay.RowDelivery;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.relay.StatementChanges;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.schema.catalogue.Catalogue;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.schema.catalogue.DamagedEntryException;
import io.binlogbroker.engine.schema.catalogue.ParkedTables;
import io.binlogbroker.engine.snapshot.SnapshotControl;
import io.binlogbroker.engine.snapshot.SnapshotOpener;
import io.binlogbroker.engine.snapshot.SnapshotOptions;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.mysql.MysqlSourceOpener;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import io.binlogbroker.engine.source.mysql.server.SourceFacts;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.time.Clock;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves one group's changes from a MySQL or MariaDB source to a sink. A host makes one pipeline for
 * a group and uses it for as long as it serves the group: either {@link #run}, with a sink that
 * keeps positions, or {@link #open} and a relay of its own, where more than the sink decides where
 * to start and how long to work.
 *
 * <p>{@link #run} and what {@link #open} returns belong to one thread, the relay thread; all else
 * may come from any.
 */
public final class Pipeline {
  private final PipelineOptions options;
  private final ActiveRules rules;
  private final GroupEvents events;
  private final StatementChanges statements;
  private final ParkedTables parked;
  private final RelayMetrics metrics;
  private final SnapshotControl snapshots;
  private final Counter replacedTexts;
  private final Clock clock = Clock.systemUTC();
  private volatile boolean stopped;
  private volatile @Nullable Relay running;
  private volatile @Nullable OpenedServer source;

  /**
   * @param rules which tables are delivered and where to; newer ones are taken up between two
   *     transactions
   * @param metrics take what is measured, see {@link Metrics#none}
   */
  public Pipeline(PipelineOptions options, ActiveRules rules, Metrics metrics) {
    this(options, rules, metrics, GroupEvents.none());
  }

  /**
   * As the other constructor.
   *
   * @param events take what happens
   */
  public Pipeline(PipelineOptions options, ActiveRules rules, Metrics metrics, GroupEvents events) {
    this.options = options;
    this.rules = rules;
    this.events = events;
    this.statements = new StatementChanges(options.onStatementEvent(), events);
    this.parked = new ParkedTables(options.parksTables(), events);
    this.snapshots = new SnapshotControl(metrics);
    this.metrics = new RelayMetrics(metrics, clock::millis);
    this.replacedTexts = metrics.counter(Metric.REPLACED_TEXTS);
    metrics.count(Metric.STATEMENT_EVENTS, statements::count);
    metrics.gauge(Metric.PARKED_TABLES, () -> parked.all().size());
    metrics.count(Metric.PARKED_ROWS, parked::missedRows);
  }

  /** Changes of delivered schemas that came in statement format. */
  public StatementChanges statements() {
    return statements;
  }

  /**
   * The position in the log that was committed last; null before the first commit, and after {@link
   * #forget}.
   */
  public @Nullable BinlogPosition committed() {
    return metrics.committed();
  }

  /** The server that was opened last; null before the first, and after {@link #forget}. */
  public @Nullable OpenedServer source() {
    return source;
  }

  /** How far the relays are, across restarts. */
  public RelayMetrics progress() {
    return metrics;
  }

  /**
   * Forgets what was read and how far: the host serves the group no longer, at least for now. Relay
   * thread, after {@link Relay#run}.
   */
  public void forget() {
    metrics.forget();
    parked.forget();
    source = null;
  }

  /** Takes requests for snapshots, and shows how far they are. */
  public SnapshotControl snapshots() {
    return snapshots;
  }

  /** The tables whose rows are left out because their columns are not known. */
  public ParkedTables parked() {
    return parked;
  }

  /**
   * Relays from the position that the sink committed last, or from the source's end where it has
   * none, until {@link #stop}. The sink is opened and closed.
   *
   * @param entries the columns of tables by position in the log
   * @throws DeliveryException saying of which kind the failure is and whether another run may help;
   *     what is committed is not delivered again by the next run
   */
  public void run(SourceOptions options, CatalogueStore entries, ChangeSink sink) {
    Stream stream = open(options, entries);
    try (sink) {
      Position committed = sink.open();
      try (ChangeSource source = stream.sources().open(committed)) {
        Position start = committed == null ? begin(source, sink) : committed;
        Relay relay = stream.relay(source, sink, start, () -> true);
        running = relay;
        if (!stopped) {
          relay.run();
        }
      } finally {
        running = null;
      }
    }
  }

  /** Committed before the first row, so that a run that ends early does not skip changes. */
  private static Position begin(ChangeSource source, ChangeSink sink) {
    Position start = Position.at(source.restart(), UUID.randomUUID().toString());
    sink.commit(start);
    sink.flush();
    return start;
  }

  /** Ends {@link #run}: what is under way is finished and committed. */
  public void stop() {
    stopped = true;
    Relay relay = running;
    if (relay != null) {
      relay.stop();
    }
  }

  /**
   * What reads and relays with one catalogue.
   *
   * @param entries the columns of tables by position in the log
   */
  public Stream open(SourceOptions source, CatalogueStore entries) {
    Catalogue catalogue = new Catalogue(entries, this::delivers);
    return new Stream(new MysqlSourceOpener(source, catalogue, replacedTexts), catalogue, entries);
  }

  /** Compared ignoring case: a table too many in the catalogue does no harm. */
  private boolean delivers(TableName name) {
    return rules.newest().ignoringCase().delivers(name.schema(), name.table());
  }

  private RowDelivery delivery(Routes routes) {
    return new RowDelivery(
        options.group(),
        routes,
        new Formats(options.format(), options.formatOptions()),
        statements,
        parked,
        new DdlTopic(options.group(), options.ddlTopic(), events),
        metrics);
  }

  /** Opens sources and makes their relays. Belongs to the relay thread. */
  public final class Stream {
    private final MysqlSourceOpener sources;
    private final Catalogue catalogue;
    private final CatalogueStore entries;

    private Stream(MysqlSourceOpener sources, Catalogue catalogue, CatalogueStore entries) {
      this.sources = sources;
      this.catalogue = catalogue;
      this.entries = entries;
    }

    /** Opens the source at a position, or at its end. */
    public ChangeSource.Opener sources() {
      return sources;
    }

    /**
     * Opens the source at the oldest position that it still has, whatever position is asked for.
     */
    public ChangeSource.Opener oldest() {
      return from -> sources.openOldest();
    }

    /**
     * Makes the relay between an opened source and an opened sink.
     *
     * @param start at which the source was opened
     * @param mayWork whether the relay may still deliver and commit
     * @throws DeliveryException when an entry of the catalogue cannot be read
     */
    public Relay relay(
        ChangeSource source, ChangeSink sink, Position start, BooleanSupplier mayWork) {
      reading(sources.opened(), start);
      beginParked(start.epoch());
      catalogue.begin(start.epoch(), start.place());
      RelaySetup setup =
          new RelaySetup(rules, Pipeline.this::delivery, options.commits(), clock::millis, metrics);
      return new Relay(setup, source, sink, snapshot(source, sink), start, mayWork);
    }

    private void reading(OpenedServer opened, Position start) {
      Pipeline.this.source = opened;
      SourceFacts facts = opened.facts();
      events.add(
          EventKind.READING,
          "Reading from " + facts.version() + " at " + facts.address(),
          start.place(),
          null);
    }

    private SnapshotFeed snapshot(ChangeSource source, ChangeSink sink) {
      SnapshotOptions snapshot = options.snapshot();
      if (snapshot == null) {
        return SnapshotFeed.NONE;
      }
      SnapshotOpener opener =
          new SnapshotOpener(
              options.group(),
              snapshot,
              snapshots,
              () -> new Formats(options.format(), options.formatOptions()),
              metrics::millisBehind);
      boolean ignoresCase = source.ignoresCase();
      return opener.open(
          sink.stored(), rules.newest().on(ignoresCase), ignoresCase, sources.opened());
    }

    /** Forgetting a parked table would hide that rows of it were left out. */
    private void beginParked(String epoch) {
      try {
        parked.begin(entries, epoch);
      } catch (DamagedEntryException e) {
        throw DeliveryException.fatal(FailureKind.CONFIGURATION, String.valueOf(e.getMessage()), e);
      }
    }
  }
}
