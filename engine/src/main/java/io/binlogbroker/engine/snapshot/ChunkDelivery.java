package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.relay.SnapshotRows;
import io.binlogbroker.engine.snapshot.TableSnapshot.OpenRange;
import io.binlogbroker.engine.snapshot.key.KeyTracker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the chunk to deliver next: one whose mark the stream has passed, without the rows whose
 * keys the stream has delivered itself. Guarded by the lock of {@link Snapshots}; relay thread.
 */
final class ChunkDelivery {
  private final OpenSnapshots tables;
  private final Metrics metrics;
  private @Nullable BinlogPosition reached;

  ChunkDelivery(OpenSnapshots tables, Metrics metrics) {
    this.tables = tables;
    this.metrics = metrics;
  }

  /** The stream is between two transactions. */
  void reached(BinlogPosition place) {
    reached = place;
  }

  /** Null if no chunk can be delivered now. */
  @Nullable SnapshotRows next() {
    if (reached == null) {
      return null;
    }
    for (TableSnapshot table : tables.inOrder()) {
      for (OpenRange range : List.copyOf(table.ranges())) {
        Chunk chunk = range.head();
        if (chunk != null && isDeliverable(table, range, chunk, reached)) {
          return deliver(table, range, chunk);
        }
      }
    }
    return null;
  }

  /** Fails the table, or has the range read again, where its rows cannot be compared with keys. */
  private boolean isDeliverable(
      TableSnapshot table, OpenRange range, Chunk chunk, BinlogPosition place) {
    List<String> streamKey = table.streamKey();
    if (streamKey != null && !chunk.key().equals(streamKey)) {
      tables.fail(table, "its key is " + chunk.key() + ", but " + streamKey + " in the binary log");
      return false;
    }
    if (!table.keys().remembers(chunk.generation())) {
      tables.release(range.drop());
      return false;
    }
    return !place.isBefore(chunk.high());
  }

  private SnapshotRows deliver(TableSnapshot table, OpenRange range, Chunk chunk) {
    MessageBlock rows = undelivered(chunk, table.keys());
    int count = rows.messages().size();
    range.remove();
    tables.release(chunk.bytes());
    table.count(count, chunk.rows().messages().size() - count);
    table.meter(metrics, rows);
    if (range.isDone()) {
      table.ranges().remove(range);
    }
    return tables.finish(table, table.ranges().isEmpty() ? closed(chunk, rows) : rows);
  }

  /** The messages of the rows that the stream has not delivered itself. */
  private static MessageBlock undelivered(Chunk chunk, KeyTracker delivered) {
    if (delivered.isEmpty()) {
      return chunk.rows();
    }
    List<Message> messages = new ArrayList<>();
    for (int row = 0; row < chunk.rowKeys().count(); row++) {
      if (!delivered.contains(chunk.rowKeys().get(row))) {
        messages.add(chunk.rows().messages().get(row));
      }
    }
    return MessageBlock.of(messages);
  }

  private static MessageBlock closed(Chunk last, MessageBlock rows) {
    List<Message> messages = new ArrayList<>(rows.messages());
    last.closing().close(messages, !messages.isEmpty());
    return MessageBlock.of(messages);
  }
}
