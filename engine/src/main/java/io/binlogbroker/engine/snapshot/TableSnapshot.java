package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.snapshot.SnapshotState.Range;
import io.binlogbroker.engine.snapshot.key.KeyTracker;
import io.binlogbroker.engine.snapshot.key.RowKeyWriter;
import java.math.BigInteger;
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
  /** The value of the metrics' label. */
  private static final String ACTION = "read";

  private final TableName name;
  private final SnapshotState opened;
  private final List<OpenRange> ranges = new ArrayList<>();
  private final long trackerBytes;
  private KeyTracker keys;
  private boolean divided;
  private long estimate;
  private long rows;
  private long skipped;
  private long readBytes;
  private @Nullable List<String> key;
  private @Nullable Restart floor;
  private long floorNanos;
  private @Nullable RowPlan plan;
  private @Nullable List<String> streamKey;
  private RowKeyWriter writer = new RowKeyWriter(List.of());

  TableSnapshot(SnapshotState state, long trackerBytes) {
    this.name = state.tableName();
    this.opened = state;
    this.estimate = state.estimate();
    this.rows = state.rows();
    this.skipped = state.skipped();
    this.key = state.key();
    this.trackerBytes = trackerBytes;
    this.keys = new KeyTracker(trackerBytes);
    this.divided = !state.ranges().equals(List.of(Range.WHOLE));
    state.ranges().forEach(range -> ranges.add(new OpenRange(range)));
  }

  /** Whether the ranges that are to be read are known. */
  boolean isDivided() {
    return divided;
  }

  /** About the size of what is read at once; 0 while it is not known. */
  long bytesReadAtOnce() {
    return readBytes;
  }

  /** The number of reads in progress. */
  long reads() {
    return ranges.stream().filter(range -> range.reading).count();
  }

  /**
   * Sets the ranges to read; none if the table is empty.
   *
   * @param columns of the key, with their types
   */
  void divide(List<Range> parts, List<String> columns, long rowsAbout) {
    divided = true;
    key = List.copyOf(columns);
    estimate = rowsAbout;
    ranges.clear();
    parts.forEach(range -> ranges.add(new OpenRange(range)));
  }

  /** A range of the table's key that is being read. */
  static final class OpenRange {
    private @Nullable List<String> upTo;
    private final Deque<Chunk> ready = new ArrayDeque<>();
    private @Nullable List<String> delivered;
    private @Nullable List<String> read;
    private boolean reading;
    private boolean readToEnd;
    private int attempt;
    private long readingSince;

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

    void beginReading(long nanos) {
      reading = true;
      readingSince = nanos;
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

  /** Takes chunks that were read at once. */
  void add(OpenRange range, List<Chunk> chunks, long bytes) {
    chunks.forEach(range::add);
    readBytes = Math.max(1, bytes);
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

  /**
   * Counts rows that were read.
   *
   * @param left rows that were not delivered
   */
  void count(int delivered, int left) {
    rows += delivered;
    skipped += left;
  }

  /** Counts messages of rows as those of the stream are counted. */
  void meter(Metrics metrics, MessageBlock rows) {
    metrics.counter(Metric.ROWS, name.schema(), name.table(), ACTION).add(rows.messages().size());
    metrics.counter(Metric.BYTES, name.schema(), name.table(), ACTION).add(rows.bytes());
  }

  /**
   * Divides what is left of a range behind a chunk, so that another worker has something to read.
   */
  void share(OpenRange range, Chunk chunk) {
    if (!chunk.divisible() || chunk.last() == null || range.upTo == null) {
      return;
    }
    BigInteger from = new BigInteger(chunk.last().get(0));
    BigInteger to = new BigInteger(range.upTo.get(0));
    BigInteger left = to.subtract(from);
    if (left.compareTo(BigInteger.valueOf(4L * chunk.rows().messages().size())) > 0) {
      List<String> middle = List.of(from.add(left.shiftRight(1)).toString());
      ranges.add(new OpenRange(new Range(middle, range.upTo)));
      range.upTo = middle;
    }
  }

  SnapshotState state() {
    List<Range> open = ranges.stream().map(OpenRange::state).toList();
    return new SnapshotState(
        opened.schema(),
        opened.table(),
        opened.status(),
        null,
        opened.where(),
        opened.request(),
        opened.priority(),
        opened.started(),
        0,
        estimate,
        rows,
        skipped,
        key,
        open);
  }

  /** Columns of the key that the ranges are of, with their types; null before they are known. */
  @Nullable List<String> key() {
    return key;
  }

  /** Tables with a higher one are read first. */
  int priority() {
    return opened.priority();
  }

  /** A condition of SQL that the rows meet; null for all. */
  @Nullable String where() {
    return opened.where();
  }

  /**
   * How far it is.
   *
   * @param limit why nothing may be read; null if something may
   */
  SnapshotProgress progress(long nowNanos, @Nullable String limit) {
    int chunks = ranges.stream().mapToInt(range -> range.ready.size()).sum();
    long bytes =
        ranges.stream().flatMap(range -> range.ready.stream()).mapToLong(Chunk::bytes).sum();
    long oldest =
        ranges.stream()
            .filter(range -> range.reading)
            .mapToLong(range -> nowNanos - range.readingSince)
            .max()
            .orElse(0);
    String waitsFor = floor == null ? "the next boundary between transactions" : limit;
    return new SnapshotProgress(state(), chunks, bytes, oldest / 1e9, waitsFor);
  }

  @Override
  public String toString() {
    return Objects.toString(name);
  }
}
