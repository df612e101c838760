package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.relay.SnapshotRows;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import io.binlogbroker.engine.snapshot.SnapshotTask.Read;
import io.binlogbroker.engine.snapshot.key.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of a group's tables, for one connection of the stream. Workers read chunks; the
 * relay delivers a chunk when the stream has passed its mark, without the rows whose keys the
 * stream has delivered since it began to track them. The relay thread and the workers share it: one
 * lock, held for a few lines.
 */
public final class Snapshots implements SnapshotFeed {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
  private static final long WAIT_MILLIS = 2;

  /** Between two looks whether a limit still holds. */
  private static final long LIMIT_MILLIS = 50;

  private final SnapshotOptions options;
  private final Readings readings;
  private final SnapshotControl control;
  private final SnapshotClock clock;
  private final InitialTables initial;
  private final StateQueue states;
  private final ReadLimits limits;
  private final StreamHold hold;
  private final SnapshotWorkers workers;
  private final OpenSnapshots tables;
  private final ChunkDelivery chunks;
  private final @Nullable String server;
  private Routes routes;
  private int version;
  private int idleWorkers;
  private boolean closed;

  /** Whether the relay has something to ask for. */
  private volatile boolean active;

  /**
   * @param stored what is committed, by name
   * @param server whose log the stream reads, as in {@link Restart#serverUuid}
   * @param ignoresCase whether names of tables that differ in case are the same
   * @param lagMillis how far the stream is behind
   */
  Snapshots(
      Map<String, byte[]> stored,
      Routes routes,
      @Nullable String server,
      boolean ignoresCase,
      SnapshotOptions options,
      SnapshotControl control,
      SnapshotClock clock,
      LongSupplier lagMillis) {
    this.server = server;
    this.routes = routes;
    this.options = options;
    this.control = control;
    this.clock = clock;
    this.states = new StateQueue(control);
    this.tables = new OpenSnapshots(stored, ignoresCase, options, states, control, clock);
    this.chunks = new ChunkDelivery(tables, control.metrics());
    this.hold = new StreamHold(clock);
    this.limits = new ReadLimits(options, clock, lagMillis);
    this.readings = new Readings(tables, limits, options, clock);
    this.workers = new SnapshotWorkers(options.workers());
    this.initial = new InitialTables(stored.get(KnownSnapshots.RULES));
    initial.use(routes);
    this.active = !tables.isEmpty() || initial.isSought();
  }

  /** Has workers created by this, as soon as there is something to read. */
  synchronized void use(SnapshotWorkers.Factory factory) {
    workers.use(factory);
  }

  @Override
  public synchronized void start() {
    control.attach(this);
    workers.start();
    refresh();
  }

  /** To be called under the lock, after every change of what there is to do. */
  private void refresh() {
    boolean reads = !tables.isEmpty() || initial.isSought();
    active = reads || !states.isEmpty();
    if (reads) {
      workers.summon();
    }
    notifyAll();
  }

  /** Waits for something to do; null when there is nothing left. Worker threads. */
  synchronized @Nullable SnapshotTask take() throws InterruptedException {
    while (!closed && (!tables.isEmpty() || initial.isSought())) {
      if (initial.beginSearch()) {
        return new SnapshotTask.Search(
            version, routes.namedTables().stream().map(tables.known()::cased).toList());
      }
      Read task = poll();
      if (task != null) {
        return task;
      }
      idleWorkers++;
      wait(LIMIT_MILLIS);
      idleWorkers--;
    }
    return null;
  }

  /** A worker ends: others are started if something is left. Its thread. */
  synchronized void leave(Thread worker) {
    workers.leave(worker);
    refresh();
  }

  /** What can be read now; null if there is nothing. */
  synchronized @Nullable Read poll() {
    return readings.next(version, routes);
  }

  /** Takes the tables that the server has, the smallest first. Worker threads. */
  synchronized void found(SnapshotTask.Search search, List<TableName> existing) {
    if (search.version() == version) {
      List<TableName> chosen = initial.choose(routes, existing, tables.known());
      tables.begin(chosen, routes);
      states.add(KnownSnapshots.RULES, initial.digest());
      log.info("The existing rows of {} tables are read, as their rules say", chosen.size());
    } else {
      initial.searchAgain();
    }
    refresh();
  }

  /** The search failed and is to be repeated. Worker threads. */
  synchronized void searchAgain() {
    initial.searchAgain();
    refresh();
  }

  /**
   * Takes the ranges of a table; none if it is empty. Worker threads.
   *
   * @param key columns of the key, with their types
   * @param estimate of the table's rows
   * @param opening messages before the first row
   * @param closing completes the messages of an empty table
   */
  synchronized void divide(
      Read task,
      List<SnapshotState.Range> ranges,
      List<String> key,
      long estimate,
      List<Message> opening,
      Closing closing) {
    task.range().endReading();
    if (task.attempt() == task.range().attempt()
        && !task.table().isDivided()
        && tables.isOpen(task.table())) {
      task.table().divide(ranges, key, estimate);
      List<Message> messages = new ArrayList<>(opening);
      if (ranges.isEmpty()) {
        closing.close(messages, false);
      }
      states.add(tables.finish(task.table(), MessageBlock.of(messages)));
    }
    refresh();
  }

  /**
   * Holds the stream and waits until it is between two transactions; null if it cannot be held now.
   * Worker threads.
   */
  synchronized @Nullable Restart holdStream(Read task) throws InterruptedException {
    if (!tables.isOpen(task.table()) || !hold.begin(task.table())) {
      return null;
    }
    notifyAll();
    while (!closed && hold.isFor(task.table()) && hold.place() == null) {
      wait(LIMIT_MILLIS);
    }
    return hold.isFor(task.table()) ? hold.place() : null;
  }

  /** Whether a job is still to be done. Worker threads. */
  synchronized boolean isWanted(Read task) {
    return !closed && tables.isOpen(task.table()) && task.attempt() == task.range().attempt();
  }

  /** Lets the stream go on. Worker threads. */
  synchronized void releaseStream(Read task) {
    if (hold.isFor(task.table())) {
      hold.release();
    }
    notifyAll();
  }

  /**
   * Takes all rows of a table as they are at the place where the stream is held; false if it is not
   * held there any more. Worker threads.
   */
  synchronized boolean putWhole(
      Read task, long estimate, List<Message> opening, List<Message> rows, Closing closing) {
    if (!hold.isFor(task.table()) || !isWanted(task)) {
      return false;
    }
    task.range().endReading();
    task.table().divide(List.of(), List.of(), estimate);
    task.table().count(rows.size(), 0);
    task.table().meter(control.metrics(), MessageBlock.of(rows));
    List<Message> messages = new ArrayList<>(opening);
    messages.addAll(rows);
    closing.close(messages, !rows.isEmpty());
    SnapshotRows whole = tables.finish(task.table(), MessageBlock.of(messages));
    states.add(whole);
    hold.endWith(whole);
    refresh();
    return true;
  }

  /** Takes what was read. Worker threads. */
  synchronized void put(Read task, List<Chunk> chunks) {
    put(task, chunks, idleWorkers > 0);
  }

  /**
   * Takes what was read.
   *
   * @param chunks in the order of the key
   * @param shares whether another worker should have something to read
   */
  synchronized void put(Read task, List<Chunk> chunks, boolean shares) {
    task.range().endReading();
    if (task.attempt() == task.range().attempt() && tables.isOpen(task.table())) {
      long bytes = chunks.stream().mapToLong(Chunk::bytes).sum();
      task.table().add(task.range(), chunks, bytes);
      tables.hold(bytes);
      limits.read(bytes);
      if (shares) {
        task.table().share(task.range(), chunks.get(chunks.size() - 1));
      }
    }
    refresh();
  }

  /** The range was not read and is to be read again. Worker threads. */
  synchronized void giveBack(Read task) {
    task.range().endReading();
    notifyAll();
  }

  /** The server has more threads running than reading is allowed with. Worker threads. */
  synchronized void serverIsBusy(Read task, long threads) {
    limits.serverIsBusy(threads);
    giveBack(task);
  }

  /** The table cannot be read. Any thread. */
  synchronized void fail(TableSnapshot table, String reason) {
    tables.fail(table, reason);
    refresh();
  }

  @Override
  public boolean isActive() {
    return active || control.hasRequests();
  }

  @Override
  public synchronized void use(Routes newer) {
    routes = newer;
    initial.use(newer);
    for (TableSnapshot table : tables.inOrder()) {
      if (newer.snapshot(table.name().schema(), table.name().table()) == null) {
        log.info("The snapshot of {} is cancelled: no rule delivers it any more", table);
        tables.end(table, Status.CANCELLED, null);
      }
    }
    readAgain();
  }

  @Override
  public synchronized void schemaChanged() {
    readAgain();
  }

  private void readAgain() {
    version++;
    tables.inOrder().forEach(tables::drop);
    refresh();
  }

  /** Rows that were delivered were taken back: the keys say nothing about them any more. */
  @Override
  public synchronized void undone() {
    for (TableSnapshot table : tables.inOrder()) {
      tables.drop(table);
      table.forgetKeys();
    }
    notifyAll();
  }

  @Override
  public boolean tracks(String schema, String table) {
    TableSnapshot open = table(new TableName(schema, table));
    return open != null && open.floor() != null;
  }

  @Override
  public void delivered(Rows row) {
    TableSnapshot table = table(new TableName(row.table().schema(), row.table().table()));
    if (table == null) {
      return;
    }
    try {
      table.track(row);
    } catch (SchemaException e) {
      fail(table, String.valueOf(e.getMessage()));
    }
  }

  /** The stream has delivered a row with this key. */
  void delivered(TableName name, RowKey key) {
    TableSnapshot table = table(name);
    if (table != null) {
      table.keys().add(key);
    }
  }

  private synchronized @Nullable TableSnapshot table(TableName name) {
    return tables.get(name);
  }

  /**
   * Begins to remember the keys of as many tables as are read at once. After a failover, positions
   * are those of the former server until the first transaction.
   */
  @Override
  public synchronized void reached(Restart position) {
    if (!Objects.equals(position.serverUuid(), server)) {
      return;
    }
    chunks.reached(position.place());
    hold.reached(position);
    int tracked = 0;
    for (TableSnapshot table : tables.inOrder()) {
      if (table.floor() == null && tracked < options.workers()) {
        table.setFloor(position, clock.nanos());
        notifyAll();
      } else if (table.floor() != null && table.keys().isFull()) {
        table.keys().beginGeneration();
        table.setFloor(position, clock.nanos());
      }
      tracked++;
    }
  }

  @Override
  public synchronized boolean holdsStream() {
    return hold.isHeld();
  }

  @Override
  public synchronized @Nullable SnapshotRows next() {
    if (control.hasRequests()) {
      control.take().forEach(request -> tables.carryOut(request, routes));
      refresh();
    }
    SnapshotRows state = states.next();
    if (state == null) {
      state = chunks.next();
    }
    hold.delivered(state);
    refresh();
    return state;
  }

  /** How far the snapshots are. Any thread. */
  synchronized List<SnapshotProgress> progress() {
    return tables.known().all().stream().map(this::progress).toList();
  }

  /** How far the snapshot of a table is; null if there is none. Any thread. */
  synchronized @Nullable SnapshotProgress progress(TableName name) {
    SnapshotState state = tables.known().get(name);
    return state == null ? null : progress(state);
  }

  private SnapshotProgress progress(SnapshotState state) {
    TableSnapshot open = tables.get(state.tableName());
    return open == null
        ? new SnapshotProgress(state, 0, 0, 0, null)
        : open.progress(clock.nanos(), limits.reason());
  }

  @Override
  public synchronized void await() {
    try {
      wait(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void commitBegins() {
    states.commitBegins();
  }

  @Override
  public synchronized boolean awaitsCommit() {
    return states.awaitsCommit();
  }

  @Override
  public synchronized void commitEnds() {
    states.commitEnds();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    control.detach(this);
    workers.close();
  }
}
