package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.GroupContext;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.relay.SnapshotRows;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.snapshot.TableSnapshot.OpenRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
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

  private final SnapshotOptions options;
  private final LongSupplier nanoTime;
  private final Map<TableName, TableSnapshot> tables = new LinkedHashMap<>();
  private final Deque<SnapshotRows> pendingStates = new ArrayDeque<>();
  private final Map<SnapshotWorker, Thread> workers = new LinkedHashMap<>();
  private final @Nullable String server;
  private final boolean ignoresCase;
  private Routes routes;
  private @Nullable Restart reached;
  private int version;
  private long heldBytes;
  private boolean closed;

  /**
   * @param states of the tables whose snapshots are not complete
   * @param server whose log the stream reads, as in {@link Restart#serverUuid}
   * @param ignoresCase whether names of tables that differ in case are the same
   * @param nanoTime as {@link System#nanoTime}
   */
  Snapshots(
      List<SnapshotState> states,
      Routes routes,
      @Nullable String server,
      boolean ignoresCase,
      SnapshotOptions options,
      LongSupplier nanoTime) {
    this.server = server;
    this.ignoresCase = ignoresCase;
    this.routes = routes;
    this.options = options;
    this.nanoTime = nanoTime;
    for (SnapshotState state : states) {
      TableSnapshot table = new TableSnapshot(state, options.trackerBytes());
      tables.put(cased(table.name()), table);
    }
  }

  /** Has states stored before the first rows. */
  synchronized void store(String name, byte[] value, List<SnapshotState> initial) {
    pendingStates.add(new SnapshotRows(List.of(), name, value));
    initial.forEach(
        state -> pendingStates.add(new SnapshotRows(List.of(), state.name(), state.toJson())));
  }

  /** Adds a worker, which is started with this and ends when nothing is left or this is closed. */
  void add(SnapshotWorker worker) {
    String role = "snapshot-" + (workers.size() + 1);
    workers.put(worker, GroupContext.newThread(role, worker));
  }

  @Override
  public void start() {
    workers.values().forEach(Thread::start);
  }

  /**
   * A part of a table to read, or a table to divide.
   *
   * @param divides whether the table is to be divided into ranges
   * @param after literals of the key that the rows follow; null for the first rows
   * @param floor the view must contain everything that the stream delivered before it
   * @param generation of the keys that are tracked from there on
   * @param version of the columns and rules
   */
  record Job(
      TableSnapshot table,
      OpenRange range,
      boolean divides,
      @Nullable List<String> after,
      Restart floor,
      long floorNanos,
      int generation,
      int attempt,
      int version,
      Routes routes) {}

  /** Waits for something to read; null when there is nothing left. Worker threads. */
  synchronized @Nullable Job take() throws InterruptedException {
    while (!closed && !tables.isEmpty()) {
      Job job = poll();
      if (job != null) {
        return job;
      }
      wait();
    }
    return null;
  }

  /** What can be read now; null if there is nothing. */
  synchronized @Nullable Job poll() {
    Job job = heldBytes < options.heldBytes() ? find() : null;
    if (job != null) {
      job.range.beginReading();
    }
    return job;
  }

  private @Nullable Job find() {
    for (TableSnapshot table : tables.values()) {
      Restart floor = table.floor();
      if (floor == null) {
        continue;
      }
      for (OpenRange range : table.ranges()) {
        if (range.isFree()) {
          return new Job(
              table,
              range,
              !table.isDivided(),
              range.read(),
              floor,
              table.floorNanos(),
              table.keys().generation(),
              range.attempt(),
              version,
              routes);
        }
      }
    }
    return null;
  }

  /** Takes the ranges of a table; none if it is empty. Worker threads. */
  synchronized void divide(Job job, List<SnapshotState.Range> ranges) {
    job.range.endReading();
    if (job.attempt == job.range.attempt() && !job.table.isDivided()) {
      job.table.divide(ranges);
      if (ranges.isEmpty()) {
        pendingStates.add(finish(job.table, List.of()));
      }
    }
    notifyAll();
  }

  /** Takes what was read. Worker threads. */
  synchronized void put(Job job, Chunk chunk) {
    job.range.endReading();
    if (job.attempt == job.range.attempt()) {
      job.range.add(chunk);
      heldBytes += chunk.bytes();
    }
    notifyAll();
  }

  /** The range was not read and is to be read again. Worker threads. */
  synchronized void giveBack(Job job) {
    job.range.endReading();
    notifyAll();
  }

  /** The table cannot be read. Any thread. */
  synchronized void fail(TableSnapshot table, String reason) {
    if (tables.remove(cased(table.name())) != null) {
      log.error(
          "The snapshot of {} has ended after {} rows: {}", table, table.state().rows(), reason);
      table.ranges().forEach(range -> heldBytes -= range.drop());
    }
    notifyAll();
  }

  @Override
  public synchronized boolean isActive() {
    return !tables.isEmpty() || !pendingStates.isEmpty();
  }

  @Override
  public synchronized void use(Routes newer) {
    routes = newer;
    readAgain();
  }

  @Override
  public synchronized void schemaChanged() {
    readAgain();
  }

  private void readAgain() {
    version++;
    tables.values().forEach(table -> table.ranges().forEach(range -> heldBytes -= range.drop()));
    notifyAll();
  }

  /** Rows that were delivered were taken back: the keys say nothing about them any more. */
  @Override
  public synchronized void undone() {
    for (TableSnapshot table : tables.values()) {
      table.ranges().forEach(range -> heldBytes -= range.drop());
      table.forgetKeys();
    }
    notifyAll();
  }

  @Override
  public synchronized boolean tracks(String schema, String table) {
    return tables.containsKey(cased(new TableName(schema, table)));
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
    return tables.get(cased(name));
  }

  private TableName cased(TableName name) {
    return ignoresCase ? name.lowerCase() : name;
  }

  /** After a failover, positions are those of the former server until the first transaction. */
  @Override
  public synchronized void reached(Restart position) {
    if (!Objects.equals(position.serverUuid(), server)) {
      return;
    }
    reached = position;
    for (TableSnapshot table : tables.values()) {
      if (table.floor() == null) {
        table.setFloor(position, nanoTime.getAsLong());
        notifyAll();
      } else if (table.keys().isFull()) {
        table.keys().beginGeneration();
        table.setFloor(position, nanoTime.getAsLong());
      }
    }
  }

  @Override
  public synchronized @Nullable SnapshotRows next() {
    if (!pendingStates.isEmpty()) {
      return pendingStates.remove();
    }
    for (TableSnapshot table : List.copyOf(tables.values())) {
      for (OpenRange range : List.copyOf(table.ranges())) {
        SnapshotRows delivery = next(table, range);
        if (delivery != null) {
          return delivery;
        }
      }
    }
    return null;
  }

  private @Nullable SnapshotRows next(TableSnapshot table, OpenRange range) {
    Chunk chunk = range.head();
    if (chunk == null) {
      return null;
    }
    if (table.streamKey() != null && !chunk.key().equals(table.streamKey())) {
      fail(
          table, "its key is " + chunk.key() + ", but " + table.streamKey() + " in the binary log");
      return null;
    }
    if (!table.keys().remembers(chunk.generation())) {
      heldBytes -= range.drop();
      notifyAll();
      return null;
    }
    if (Objects.requireNonNull(reached).place().isBefore(chunk.high())) {
      return null;
    }
    List<Message> messages = new ArrayList<>();
    for (Chunk.Row row : chunk.rows()) {
      if (!table.keys().contains(row.key())) {
        messages.add(new Message(row.to(), row.value()));
      }
    }
    range.remove();
    heldBytes -= chunk.bytes();
    table.countDelivered(messages.size());
    if (range.isDone()) {
      table.ranges().remove(range);
    }
    notifyAll();
    return finish(table, messages);
  }

  /** The rows with the state after them; the table is finished if no range is left. */
  private SnapshotRows finish(TableSnapshot table, List<Message> messages) {
    SnapshotState state = table.state();
    if (state.isComplete()) {
      tables.remove(cased(table.name()));
      log.info("The snapshot of {} is complete: {} rows", table, state.rows());
    }
    return new SnapshotRows(messages, state.name(), state.toJson());
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
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    workers.forEach(
        (worker, thread) -> {
          worker.abort();
          thread.interrupt();
        });
  }
}
