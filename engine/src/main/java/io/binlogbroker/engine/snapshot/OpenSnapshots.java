package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.relay.SnapshotRows;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.SnapshotRule;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that are being read, and the states of all: begins, ends and finishes snapshots, and
 * has each change stored. Guarded by the lock of {@link Snapshots}.
 */
final class OpenSnapshots {
  private static final Logger log = LoggerFactory.getLogger(OpenSnapshots.class);

  private final KnownSnapshots known;
  private final StateQueue states;
  private final SnapshotControl control;
  private final SnapshotClock clock;
  private final long trackerBytes;
  private final Map<TableName, TableSnapshot> tables = new LinkedHashMap<>();
  private List<TableSnapshot> order = List.of();
  private long heldBytes;

  /**
   * @param stored what is committed, by name
   * @param states takes states to be committed
   */
  OpenSnapshots(
      Map<String, byte[]> stored,
      boolean ignoresCase,
      SnapshotOptions options,
      StateQueue states,
      SnapshotControl control,
      SnapshotClock clock) {
    this.known = new KnownSnapshots(ignoresCase);
    this.states = states;
    this.control = control;
    this.clock = clock;
    this.trackerBytes = options.trackerBytes() / options.workers();
    known.load(stored);
    for (SnapshotState state : known.all()) {
      control.measure(state.tableName());
      if (state.status() == Status.READING) {
        open(state);
      }
    }
  }

  private void open(SnapshotState state) {
    tables.put(known.cased(state.tableName()), new TableSnapshot(state, trackerBytes));
    reorder();
  }

  private void close(TableSnapshot table) {
    tables.remove(known.cased(table.name()));
    reorder();
  }

  private void reorder() {
    order =
        tables.values().stream()
            .sorted(Comparator.comparingInt(TableSnapshot::priority).reversed())
            .toList();
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  /**
   * Of the highest priority first, otherwise in the order in which they were started; not changed
   * by later calls.
   */
  List<TableSnapshot> inOrder() {
    return order;
  }

  /** The table with a name; null if it is not being read. */
  @Nullable TableSnapshot get(TableName name) {
    return tables.get(known.cased(name));
  }

  boolean isOpen(TableSnapshot table) {
    return get(table.name()) == table;
  }

  /** The states of all tables, also of those that are not being read. */
  KnownSnapshots known() {
    return known;
  }

  /** The size of the messages that wait for the stream. */
  long heldBytes() {
    return heldBytes;
  }

  void hold(long bytes) {
    heldBytes += bytes;
  }

  void release(long bytes) {
    heldBytes -= bytes;
  }

  /** Has what is not delivered of a table read again. */
  void drop(TableSnapshot table) {
    table.ranges().forEach(range -> release(range.drop()));
  }

  /** Reads tables from their beginning, since their rules say so. */
  void begin(List<TableName> names, Routes routes) {
    for (TableName name : names) {
      begin(SnapshotState.begin(name, where(name, routes), null, 0, clock.millis()));
    }
  }

  private static @Nullable String where(TableName name, Routes routes) {
    SnapshotRule rule = routes.snapshot(name.schema(), name.table());
    return rule == null ? null : rule.where();
  }

  /** Reads a table from where its state says. */
  private void begin(SnapshotState state) {
    TableSnapshot former = get(state.tableName());
    if (former != null) {
      close(former);
      drop(former);
    }
    open(state);
    record(state);
  }

  private void record(SnapshotState state) {
    known.put(state);
    control.measure(state.tableName());
    states.add(state.name(), state.toJson());
  }

  /** Ends the reading of a table before it is complete. */
  void end(TableSnapshot table, Status status, @Nullable String reason) {
    close(table);
    drop(table);
    record(table.state().with(status, reason, clock.millis()));
  }

  /** Ends the reading of a table that cannot be read or delivered; nothing if it has ended. */
  void fail(TableSnapshot table, String reason) {
    if (isOpen(table)) {
      log.error(
          "The snapshot of {} has failed after {} rows: {}", table, table.state().rows(), reason);
      end(table, Status.FAILED, reason);
    }
  }

  /** Rows with the state after them; the table is complete if no range is left. */
  SnapshotRows finish(TableSnapshot table, MessageBlock block) {
    SnapshotState state = table.state();
    if (state.ranges().isEmpty()) {
      close(table);
      state = state.with(Status.COMPLETE, null, clock.millis());
      log.info("The snapshot of {} is complete: {} rows", table, state.rows());
    }
    known.put(state);
    return new SnapshotRows(block, state.name(), state.toJson());
  }

  /** Does what a user wants. */
  void carryOut(SnapshotRequest request, Routes routes) {
    switch (request.action()) {
      case START -> request.tables().forEach(name -> begin(known.cased(name), request, routes));
      case PAUSE -> change(request, Status.PAUSED, Status.READING);
      case RESUME -> resume(request);
      case CANCEL ->
          change(request, Status.CANCELLED, Status.READING, Status.PAUSED, Status.FAILED);
    }
    log.info("Snapshot request {}: {} {}", request.id(), request.action(), request.tables());
    states.addDone(request.id());
  }

  private void begin(TableName name, SnapshotRequest request, Routes routes) {
    SnapshotState before = known.get(name);
    if (before != null && request.id().equals(before.request())) {
      return; // a request is repeated after a restart
    }
    String where = request.where() == null ? where(name, routes) : request.where();
    begin(SnapshotState.begin(name, where, request.id(), request.priority(), clock.millis()));
  }

  private void change(SnapshotRequest request, Status to, Status... from) {
    for (SnapshotState state : chosen(request, from)) {
      TableSnapshot open = get(state.tableName());
      if (open == null) {
        record(state.with(to, null, clock.millis()));
      } else {
        end(open, to, null);
      }
    }
  }

  private void resume(SnapshotRequest request) {
    for (SnapshotState state : chosen(request, Status.PAUSED, Status.FAILED)) {
      begin(state.with(Status.READING, null, clock.millis()));
    }
  }

  private List<SnapshotState> chosen(SnapshotRequest request, Status... from) {
    List<Status> statuses = List.of(from);
    Collection<SnapshotState> candidates =
        request.tables().isEmpty()
            ? known.all()
            : request.tables().stream().map(known::get).filter(Objects::nonNull).toList();
    return candidates.stream().filter(state -> statuses.contains(state.status())).toList();
  }
}
