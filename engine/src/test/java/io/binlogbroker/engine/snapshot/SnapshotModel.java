package io.binlogbroker.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.relay.SnapshotRows;
import io.binlogbroker.engine.route.RulesText;
import io.binlogbroker.engine.snapshot.SnapshotState.Range;
import io.binlogbroker.engine.snapshot.key.RowKey;
import io.binlogbroker.engine.snapshot.key.RowKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server, a stream and workers around {@link Snapshots}, whose steps come in random order. A
 * transaction is written to the log, then visible, then executed; the stream follows the log.
 */
final class SnapshotModel {
  /** What a view must contain, and what is taken for the end of the log. */
  enum Mark {
    /** The executed transactions contain what the stream delivered; the end of the log. */
    EXECUTED,
    /** A view is opened at once. */
    NONE,
    /** The executed transactions instead of the end of the log. */
    EXECUTED_AS_END
  }

  private static final TableName TABLE = new TableName("d", "t");
  private static final int STEPS = 600;

  private final Random random;
  private final Mark mark;
  private final int keys;
  private final long trackerBytes;
  private final List<Change> log = new ArrayList<>();
  private final TreeMap<Integer, Integer> written = new TreeMap<>();
  private final TreeMap<Integer, Integer> shown = new TreeMap<>();
  private final List<Change> topic = new ArrayList<>();
  private final List<Change> pending = new ArrayList<>();
  private byte[] state = SnapshotState.begin(TABLE, 0).toJson();
  private byte @Nullable [] pendingState;
  private Snapshots snapshots;
  private boolean started;
  private int visible;
  private int executed;
  private int stream;
  private int committed;
  private int version;

  private record Change(int key, char op, int version) {}

  SnapshotModel(long seed, Mark mark) {
    this.random = new Random(seed);
    this.mark = mark;
    this.keys = 3 + random.nextInt(20);
    // Often, a tracker remembers only a few keys.
    this.trackerBytes = random.nextBoolean() ? 100 + random.nextInt(600) : 1 << 20;
    for (int key = 0; key < keys; key++) {
      if (random.nextInt(10) < 7) {
        written.put(key, ++version);
      }
    }
    shown.putAll(written);
    this.snapshots = snapshots();
  }

  private Snapshots snapshots() {
    return new Snapshots(
        started ? Map.of(SnapshotState.name(TABLE), state) : Map.of(),
        RulesText.rules(1, "{\"Sources\":[{\"Schema\":\"d\",\"Tables\":[]}],\"SyncAll\":true}")
            .exact(),
        null,
        false,
        new SnapshotOptions(1, 1, 1 + random.nextInt(200), trackerBytes, Duration.ZERO),
        new SnapshotControl(Metrics.none()),
        new FakeClock(),
        () -> 0);
  }

  /** Runs until the snapshot is complete; returns what is wrong with the messages. */
  List<String> run() {
    int begin = random.nextInt(STEPS / 2);
    for (int step = 0; step < STEPS; step++) {
      if (step == begin) {
        commit();
        started = true;
        snapshots = snapshots();
      }
      step(random.nextInt(100));
    }
    while (snapshots.isActive() || stream < log.size()) {
      visible();
      executed = visible;
      deliver();
      read();
      emit();
    }
    commit();
    return violations();
  }

  private void step(int choice) {
    if (choice < 25) {
      write();
    } else if (choice < 45) {
      visible();
    } else if (choice < 58) {
      executed = Math.min(executed + 1, visible);
    } else if (choice < 72) {
      deliver();
    } else if (choice < 84) {
      read();
    } else if (choice < 93) {
      emit();
    } else if (choice < 97) {
      commit();
    } else if (choice < 98) {
      snapshots.schemaChanged();
    } else if (choice < 99) {
      restart();
    }
  }

  private void write() {
    int key = random.nextInt(keys);
    version++;
    if (!written.containsKey(key)) {
      written.put(key, version);
      log.add(new Change(key, 'c', version));
    } else if (random.nextInt(3) == 0) {
      written.remove(key);
      log.add(new Change(key, 'd', version));
    } else {
      written.put(key, version);
      log.add(new Change(key, 'u', version));
    }
  }

  private void visible() {
    if (visible < log.size()) {
      Change change = log.get(visible++);
      if (change.op == 'd') {
        shown.remove(change.key);
      } else {
        shown.put(change.key, change.version);
      }
    }
  }

  private void deliver() {
    if (stream < log.size()) {
      Change change = log.get(stream++);
      pending.add(change);
      snapshots.delivered(TABLE, key(change.key));
    }
  }

  private static RowKey key(int key) {
    return new RowKey(keyBytes(key));
  }

  private static byte[] keyBytes(int key) {
    return new byte[] {(byte) key};
  }

  private static BinlogPosition place(int transactions) {
    return new BinlogPosition("log.000001", 4 + transactions);
  }

  /** A worker reads a chunk, or its connection is lost. */
  private void read() {
    SnapshotTask.Read job = snapshots.poll();
    if (job == null) {
      return;
    }
    boolean waits = mark != Mark.NONE && executed < job.floor().offset() - 4;
    if (waits || random.nextInt(10) == 0) {
      snapshots.giveBack(job);
      return;
    }
    if (job.divides()) {
      snapshots.divide(job, ranges(), List.of("id integer"), keys, List.of(), Closing.NONE);
      return;
    }
    int upTo = Integer.parseInt(Objects.requireNonNull(job.upTo()).get(0));
    int after = job.after() == null ? -1 : Integer.parseInt(job.after().get(0));
    int limit = 1 + random.nextInt(3);
    RowKeys rowKeys = new RowKeys();
    List<Message> rows = new ArrayList<>();
    List<String> last = null;
    for (Map.Entry<Integer, Integer> row : shown.subMap(after, false, upTo, true).entrySet()) {
      if (rows.size() == limit) {
        break;
      }
      byte[] value = (row.getKey() + " " + row.getValue()).getBytes(UTF_8);
      byte[] key = keyBytes(row.getKey());
      rowKeys.add(key, key.length);
      rows.add(Message.of("t", new byte[0], value, null));
      last = rows.size() == limit ? List.of(Integer.toString(row.getKey())) : null;
    }
    int end = mark == Mark.EXECUTED_AS_END ? executed : log.size();
    Chunk chunk =
        new Chunk(
            place(end),
            List.of("id"),
            rowKeys,
            MessageBlock.of(rows),
            last,
            job.generation(),
            true,
            Closing.NONE);
    snapshots.put(job, List.of(chunk), random.nextBoolean());
  }

  private List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    List<String> after = null;
    int last = shown.isEmpty() ? -1 : shown.lastKey();
    for (int key = 0; key <= last; key++) {
      if (key == last || random.nextInt(3) == 0) {
        List<String> upTo = List.of(Integer.toString(key));
        ranges.add(new Range(after, upTo));
        after = upTo;
      }
    }
    return ranges;
  }

  private void emit() {
    if (!snapshots.isActive()) {
      return;
    }
    snapshots.reached(new Restart(place(stream), null, null, 0));
    SnapshotRows rows = snapshots.next();
    if (rows == null) {
      return;
    }
    for (Message message : rows.block().messages()) {
      String[] row = new String(Objects.requireNonNull(message.value()), UTF_8).split(" ");
      pending.add(new Change(Integer.parseInt(row[0]), 'r', Integer.parseInt(row[1])));
    }
    pendingState = rows.state();
  }

  private void commit() {
    topic.addAll(pending);
    pending.clear();
    state = pendingState == null ? state : pendingState;
    pendingState = null;
    committed = stream;
  }

  private void restart() {
    pending.clear();
    pendingState = null;
    stream = committed;
    snapshots = snapshots();
  }

  private List<String> violations() {
    List<String> violations = new ArrayList<>();
    Map<Integer, Integer> newest = new HashMap<>();
    Map<Integer, Integer> applied = new TreeMap<>();
    Map<Integer, Integer> reads = new HashMap<>();
    for (Change change : topic) {
      if (change.version < newest.getOrDefault(change.key, 0)) {
        violations.add("stale " + change);
      }
      newest.merge(change.key, change.version, Math::max);
      if (change.op == 'd') {
        applied.remove(change.key);
      } else {
        applied.put(change.key, change.version);
      }
      if (change.op == 'r' && reads.merge(change.key, 1, Integer::sum) > 1) {
        violations.add("read twice " + change);
      }
    }
    if (!applied.equals(written)) {
      violations.add("the messages give " + applied + " but the table is " + written);
    }
    return violations;
  }
}
