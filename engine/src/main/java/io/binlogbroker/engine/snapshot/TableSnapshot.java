package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotState.Range;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of one table while it is read. Guarded by the lock of {@link Snapshots}, except for
 * the keys, which belong to the relay thread.
 */
final class TableSnapshot {
  private final TableName name;
  private final long started;
  private final List<OpenRange> ranges = new ArrayList<>();
  private final long trackerBytes;
  private KeyTracker keys;
  private boolean divided;
  private long rows;
  private @Nullable Restart floor;
  private long floorNanos;
  private @Nullable RowPlan plan;
  private @Nullable List<String> streamKey;
  private RowKeyWriter writer = new RowKeyWriter(List.of());

  TableSnapshot(SnapshotState state, long trackerBytes) {
    this.name = new TableName(state.schema(), state.table());
    this.started = state.started();
    this.rows = state.rows();
    this.trackerBytes = trackerBytes;
    this.keys = new KeyTracker(trackerBytes);
    this.divided = !state.ranges().equals(List.of(Range.WHOLE));
    state.ranges().forEach(range -> ranges.add(new OpenRange(range)));
  }

  /** Whether the ranges that are to be read are known. */
  boolean isDivided() {
    return divided;
  }

  /** Sets the ranges to read; none if the table is empty. */
  void divide(List<Range> parts) {
    divided = true;
    ranges.clear();
    parts.forEach(range -> ranges.add(new OpenRange(range)));
  }

  /** A range of the table's key that is being read. */
  static final class OpenRange {
    private final @Nullable List<String> upTo;
    private final Deque<Chunk> ready = new ArrayDeque<>();
    private @Nullable List<String> delivered;
    private @Nullable List<String> read;
    private boolean reading;
    private boolean readToEnd;
    private int attempt;

    OpenRange(Range range) {
      this.upTo = range.upTo();
      this.delivered = range.after();
      this.read = range.after();
    }

    @Nullable List<String> upTo() {
      return upTo;
    }

    /** Literals of the last key that was read; null before the first. */
    @Nullable List<String> read() {
      return read;
    }

    /** Changes whenever chunks are dropped. */
    int attempt() {
      return attempt;
    }

    boolean isFree() {
      return !reading && !readToEnd;
    }

    void beginReading() {
      reading = true;
    }

    void endReading() {
      reading = false;
    }

    void add(Chunk chunk) {
      ready.add(chunk);
      read = chunk.last();
      readToEnd = chunk.last() == null;
    }

    @Nullable Chunk head() {
      return ready.peek();
    }

    /** The first chunk is delivered. */
    void remove() {
      delivered = ready.remove().last();
    }

    boolean isDone() {
      return readToEnd && ready.isEmpty();
    }

    /** Reads again what is not delivered; returns the size of the dropped chunks. */
    long drop() {
      long bytes = ready.stream().mapToLong(Chunk::bytes).sum();
      ready.clear();
      read = delivered;
      readToEnd = false;
      attempt++;
      return bytes;
    }

    Range state() {
      return new Range(delivered, upTo);
    }
  }

  TableName name() {
    return name;
  }

  List<OpenRange> ranges() {
    return ranges;
  }

  KeyTracker keys() {
    return keys;
  }

  /** Where the stream was when it began to remember the keys of the newest generation. */
  @Nullable Restart floor() {
    return floor;
  }

  long floorNanos() {
    return floorNanos;
  }

  void setFloor(Restart position, long nanos) {
    floor = position;
    floorNanos = nanos;
  }

  /** Remembers keys from the beginning again, at the next boundary between transactions. */
  void forgetKeys() {
    keys = new KeyTracker(trackerBytes);
    floor = null;
  }

  /**
   * Remembers the keys of a row that the stream has delivered. Relay thread.
   *
   * @throws SchemaException if the row is not complete: a row that the snapshot leaves out because
   *     of it would lack columns
   */
  void track(Rows row) {
    RowPlan current = row.plan();
    if (current != plan) {
      plan = current;
      writer = new RowKeyWriter(current.primaryKey());
      streamKey = names(current, current.primaryKey());
    }
    if (row.action() != Rows.Action.INSERT) {
      current.primaryKey().forEach(column -> requireCell(row.before(), column, current));
      keys.add(writer.of(row.before()));
    }
    if (row.action() != Rows.Action.DELETE) {
      for (int column = 0; column < current.columns().size(); column++) {
        requireCell(row.after(), column, current);
      }
      keys.add(writer.of(row.after()));
    }
  }

  private static void requireCell(RowImage row, int column, RowPlan plan) {
    if (!row.has(column)) {
      throw new SchemaException(
          "the binary log has a row without column "
              + plan.columns().get(column).name()
              + ": a session used another binlog_row_image than FULL");
    }
  }

  /** The names of a key's columns, in the key's order. */
  static List<String> names(RowPlan plan, List<Integer> key) {
    return key.stream().map(index -> plan.columns().get(index).name()).toList();
  }

  /** The columns of the keys that are remembered; null before the first. Relay thread. */
  @Nullable List<String> streamKey() {
    return streamKey;
  }

  void countDelivered(int more) {
    rows += more;
  }

  SnapshotState state() {
    List<Range> open = ranges.stream().map(OpenRange::state).toList();
    return new SnapshotState(name.schema(), name.table(), started, rows, open);
  }

  @Override
  public String toString() {
    return Objects.toString(name);
  }
}
