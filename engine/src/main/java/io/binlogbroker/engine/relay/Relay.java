package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.format.RowPlace;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.ChangeSource.Step;
import io.binlogbroker.engine.source.DdlChange;
import io.binlogbroker.engine.source.SourceTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves changes from a source to a sink, and commits them with their position. Runs on the relay
 * thread until it is stopped or a part fails; {@link #stop} may come from any thread.
 */
public final class Relay {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final ChangeSource source;
  private final ChangeSink sink;
  private final ActiveRules rules;
  private final Function<Routes, RowDelivery> deliveries;
  private final Position start;
  private final BooleanSupplier mayWork;
  private final LongSupplier clock;
  private final RelayMetrics metrics;
  private final SnapshotFeed snapshot;
  private final TransactionProgress progress;
  private final Uncommitted uncommitted;
  private final SinkOutlet outlet;
  private final CommitReport report;

  /**
   * DDL of the open transaction, delivered at its end: a part of the rows may be delivered earlier.
   */
  private final List<DdlChange> ddl = new ArrayList<>();

  private RowDelivery delivery;

  /** When the current step began, in milliseconds since the epoch. */
  private long now;

  private volatile boolean stopping;

  /**
   * @param source opened at {@code start}
   * @param snapshot existing rows to deliver; started and closed by {@link #run}
   * @param start where this relay continues; its epoch is kept
   * @param mayWork whether to deliver and commit; once false, {@link #run} fails
   */
  public Relay(
      RelaySetup setup,
      ChangeSource source,
      ChangeSink sink,
      SnapshotFeed snapshot,
      Position start,
      BooleanSupplier mayWork) {
    this.source = source;
    this.sink = sink;
    this.snapshot = snapshot;
    this.start = start;
    this.mayWork = mayWork;
    this.rules = setup.rules();
    this.deliveries = setup.deliveries();
    this.clock = setup.clock();
    this.metrics = setup.metrics();
    this.uncommitted = new Uncommitted(setup.commits(), clock, sink.hidesUncommitted(), metrics);
    this.outlet = new SinkOutlet(sink, uncommitted);
    this.report = new CommitReport(sink, metrics);
    Routes routes = rules.begin(start.place()).on(source.ignoresCase());
    this.delivery = deliveries.apply(routes);
    snapshot.use(routes);
    this.progress = new TransactionProgress(start);
  }

  /** Delivers a gap message before any change, and waits until it is durable. */
  public void deliverGap(Gap gap) {
    delivery.deliverGap(gap, outlet, clock.getAsLong());
    if (uncommitted.hasMessages()) {
      commit();
      sink.catchUp();
    }
  }

  /**
   * Relays changes until {@link #stop}; then commits the sent messages, waits until they are
   * durable and returns.
   *
   * @throws DeliveryException when a part fails; uncommitted messages are then not delivered
   */
  public void run() {
    metrics.opened();
    report.relayBegins();
    snapshot.start();
    try {
      while (!stopping) {
        step();
      }
    } catch (DeliveryException e) {
      metrics.failed(e);
      finish(e);
      throw e;
    } finally {
      snapshot.close();
    }
    if (uncommitted.hasMoved() && !delivery.isHolding()) {
      commit();
    }
    sink.flush();
    metrics.closed();
  }

  /** Whether {@link #run} has taken something and made it durable. Any thread. */
  public boolean hasCommitted() {
    return report.hasCommitted();
  }

  /** Makes {@link #run} return soon, after it has committed the messages already sent. */
  public void stop() {
    stopping = true;
    source.abort();
  }

  /**
   * Makes earlier commits durable after a failure. If no retry helps, the complete transactions
   * before the failed one are committed as well, unless rows of the failed one were sent with them:
   * an operator who continues after the failed one must not lose them.
   */
  private void finish(DeliveryException failure) {
    if (!mayWork.getAsBoolean()) {
      return;
    }
    try {
      if (!failure.isRetriable() && !progress.hasDelivered() && uncommitted.hasMoved()) {
        commit();
      }
      sink.catchUp();
    } catch (DeliveryException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
    Position committed = sink.committed();
    if (!failure.isRetriable() && committed != null) {
      log.info("Everything up to {} is delivered and committed", committed);
    }
  }

  private void step() {
    Step step = nextStep();
    if (step == null) {
      return;
    }
    requireMastership();
    now = clock.getAsLong();
    metrics.event(now);
    switch (step) {
      case BEGIN -> begin(source.transaction());
      case ROWS -> rows(source.rows());
      case END -> end();
      case UNDONE_ROWS -> undoneRows(source.rows());
      case UNDO -> undo();
      case ROLLBACK -> rollback();
      case STATEMENT -> delivery.handle(source.statement());
      case DDL -> ddl(source.ddl());
      case IDLE -> idle();
    }
  }

  /** The next step; null when {@link #stop} aborted the source while the relay waited for it. */
  private @Nullable Step nextStep() {
    if (snapshot.isActive() && !progress.isOpen() && !progress.isResuming()) {
      deliverSnapshot();
    }
    if (mustNotWait() && !ready()) {
      settle();
    }
    try {
      return source.next();
    } catch (DeliveryException e) {
      return nothingIfStopping(e);
    }
  }

  private boolean ready() {
    try {
      return source.ready();
    } catch (DeliveryException e) {
      nothingIfStopping(e);
      return false;
    }
  }

  private @Nullable Step nothingIfStopping(DeliveryException e) {
    if (!stopping || !e.isRetriable()) {
      metrics.sourceFailed();
      throw e;
    }
    log.debug("The source was aborted while the relay waited for it", e);
    return null;
  }

  /**
   * Delivers rows of a snapshot: at most once per millisecond where the source has more, otherwise
   * until it has, since {@link ChangeSource#next} would wait for the source alone. While the source
   * has changes, their commits contain little of the snapshot, so that they are fast. Otherwise
   * rows that are read within a moment belong to the same commit.
   */
  private void deliverSnapshot() {
    boolean more = clock.getAsLong() != now || !ready() || snapshot.holdsStream();
    boolean waited = false;
    while (more && !stopping && snapshot.isActive()) {
      now = clock.getAsLong();
      snapshot.reached(source.restart());
      SnapshotRows next = uncommitted.isFullOfSnapshot(now) ? null : snapshot.next();
      if (next != null) {
        requireMastership();
        deliver(next);
      } else if (mustNotWait() && !ready() && (waited || uncommitted.containsChanges(now))) {
        settle();
      }
      more = !ready() || snapshot.holdsStream();
      waited = next == null;
      if (more && waited) {
        snapshot.await();
      }
    }
  }

  private void deliver(SnapshotRows rows) {
    delivery.release(outlet);
    uncommitted.accepted(now); // the state, which is a message as well
    outlet.send(rows.block());
    sink.store(rows.name(), rows.state());
    uncommitted.sentSnapshot(rows.block().bytes());
    if (uncommitted.isDueWithSnapshot(now) && !sink.isCommitting()) {
      commit();
    }
  }

  /** Whether a commit, or a check for a failed one, is needed before waiting for the source. */
  private boolean mustNotWait() {
    return !progress.isOpen() && (uncommitted.isUnderWay() || uncommitted.isWorthCommitting());
  }

  private void settle() {
    if (uncommitted.isWorthCommitting()) {
      commit();
    }
    sink.catchUp();
    uncommitted.caughtUp();
    reportCommitted();
  }

  /** Updates the committed position in the metrics when no commit is in progress. */
  private void reportCommitted() {
    if (snapshot.awaitsCommit()) {
      sink.flush();
      snapshot.commitEnds();
    }
    report.commitEnds();
  }

  private void begin(SourceTransaction transaction) {
    progress.begin(transaction);
    uncommitted.readUpTo(transaction.committedMillis());
    uncommitted.changesArrive(now);
    metrics.read(transaction.committedMillis());
    sink.mark();
    activateRules(transaction.place());
    delivery.begin(transaction);
  }

  /**
   * Activates newer rules; the rest of a partly delivered transaction is delivered by them, as
   * after a restart.
   */
  private void activateRules(BinlogPosition next) {
    Rules newer = rules.take(next);
    if (newer != null) {
      delivery = deliveries.apply(newer.on(source.ignoresCase()));
      snapshot.use(newer.on(source.ignoresCase()));
      log.info("Rules of revision {} are active from {}", newer.revision(), next);
    }
  }

  private void rows(Rows rows) {
    if (uncommitted.isTooOld(now)) {
      commit();
    }
    deliver(rows);
    eventDone(rows);
  }

  private void eventDone(Rows rows) {
    progress.eventDone(rows);
    uncommitted.moved();
    metrics.takes(now);
    if (progress.isPartlyCommitted()) {
      report.commitProgresses(now);
    }
  }

  private void deliver(Rows rows) {
    try {
      if (!progress.isDelivered(rows)
          && delivery.accept(rows, source.rowsOffset(), source.firstRow())) {
        deliverRows(rows);
      }
    } catch (DeliveryException e) {
      throw e.at(where(rows));
    } catch (SchemaException | MalformedBytesException e) {
      throw DeliveryException.fatal(FailureKind.SOURCE_DATA, String.valueOf(e.getMessage()), e)
          .at(where(rows));
    }
  }

  private void deliverRows(Rows rows) {
    int from = rows.bytesRead();
    boolean tracked =
        snapshot.isActive() && snapshot.tracks(rows.table().schema(), rows.table().table());
    while (rows.next()) {
      if (progress.isRowDelivered(rows, from)) {
        progress.rowSkipped();
      } else {
        deliverRow(rows, from);
      }
      if (tracked) {
        snapshot.delivered(rows);
      }
      from = rows.bytesRead();
    }
    delivery.endEvent(outlet);
    progress.requireNotInsideDelivered();
  }

  /**
   * Delivers a row. A transaction is split before a row rather than after one: then it is certain
   * that another row follows.
   *
   * @param from offset of the row in the bytes of the event's rows
   */
  private void deliverRow(Rows rows, int from) {
    if (uncommitted.isTooLarge()) {
      progress.splitBefore(rows, from);
      commit();
    }
    uncommitted.accepted(now);
    delivery.deliver(outlet, now);
    progress.rowDelivered();
  }

  private String where(Rows rows) {
    return new RowPlace(
            rows.table().schema(),
            rows.table().table(),
            source.firstRow() + Math.max(rows.index(), 0),
            source.transaction().file(),
            source.rowsOffset())
        .toString();
  }

  private void end() {
    progress.requireAllDelivered();
    delivery.endTransaction(outlet);
    ddl.forEach(this::deliverDdl);
    ddl.clear();
    progress.end();
    moved();
  }

  private void ddl(DdlChange change) {
    snapshot.schemaChanged();
    if (progress.isOpen() || progress.isResuming()) {
      ddl.add(change);
      return;
    }
    uncommitted.readUpTo(change.origin().committedMillis());
    deliverDdl(change);
    idle();
  }

  private void deliverDdl(DdlChange change) {
    delivery.deliverDdl(change, outlet, now);
  }

  private void undoneRows(Rows rows) {
    eventDone(rows);
  }

  /**
   * Delivers again without rolled-back rows if some were sent. A predecessor that read past this
   * point has already left them out.
   */
  private void undo() {
    snapshot.undone();
    if (progress.hasDelivered() && !progress.isBehindDelivered()) {
      redeliver();
    }
  }

  private void rollback() {
    snapshot.undone();
    if (progress.hasDelivered() && !takeBack()) {
      redeliver();
    }
    ddl.clear();
    end();
  }

  private boolean takeBack() {
    if (progress.isPartlyCommitted() || !sink.takeBack()) {
      return false;
    }
    delivery.discard();
    progress.takenBack();
    return true;
  }

  /** Drops the uncommitted messages and delivers again, without the rows that were rolled back. */
  private void redeliver() {
    BinlogPosition place = source.transaction().place();
    if (progress.isPartlyCommitted() || !sink.hidesUncommitted()) {
      throw DeliveryException.fatal(
          FailureKind.UNDELIVERABLE,
          "The transaction at "
              + place
              + " was rolled back, completely or to a savepoint, after some of its rows had been"
              + " delivered, which cannot be undone. Compare its tables with their topics, then continue"
              + " after it with \"binlogbroker position set\".");
    }
    source.rememberUndone();
    throw DeliveryException.redeliver(
        "Rows of the transaction at "
            + place
            + " were rolled back: the uncommitted messages are delivered again without them");
  }

  /**
   * Handles an event outside of transactions, which must not move the position of a transaction to
   * be resumed.
   */
  private void idle() {
    if (progress.isResuming()) {
      return;
    }
    moved();
    if (!progress.isOpen() && rules.isNewer()) {
      activateRules(source.restart().place());
    }
  }

  private void moved() {
    uncommitted.moved();
    // While a commit is in progress, changes are collected for the next one: slower commits become
    // fewer.
    if (progress.isOpen() || sink.isCommitting()) {
      return;
    }
    if (uncommitted.commitFinished()) {
      reportCommitted();
    }
    if (uncommitted.isDue(now)) {
      commit();
    }
  }

  private void requireMastership() {
    if (!mayWork.getAsBoolean()) {
      metrics.closed();
      throw DeliveryException.notMaster();
    }
  }

  private void commit() {
    requireMastership();
    delivery.release(outlet);
    Restart restart = source.restart();
    Position reached =
        new Position(
            restart.place(),
            restart.gtidSet(),
            progress.rowsEvents(),
            progress.rows(),
            progress.delivered(),
            restart.serverUuid(),
            restart.fileCreated(),
            start.epoch());
    report.commitBegins(reached);
    sink.commit(reached);
    progress.committed();
    snapshot.commitBegins();
    metrics.commitBegins();
    if (progress.isOpen()) {
      metrics.read(source.transaction().committedMillis());
    }
    uncommitted.clear();
  }
}
