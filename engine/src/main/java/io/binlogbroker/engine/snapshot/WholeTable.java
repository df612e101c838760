package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.relay.Message;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * Reads a table without a key, at a place where the stream is held: nothing may be written to the
 * log between this place and the view. One worker's.
 */
final class WholeTable {
  private static final int ATTEMPTS = 500;
  private static final long PAUSE_MILLIS = 50;

  private final Snapshots snapshots;
  private final Session session;
  private final Visibility visibility;
  private final TableReader reader;
  private final long maxBytes;
  private final Clock clock;

  /**
   * @param maxBytes size of all messages
   */
  WholeTable(
      Snapshots snapshots,
      Session session,
      Visibility visibility,
      TableReader reader,
      long maxBytes,
      Clock clock) {
    this.snapshots = snapshots;
    this.session = session;
    this.visibility = visibility;
    this.reader = reader;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * @param estimate of the table's rows
   * @throws SchemaException if it cannot be read exactly
   */
  void read(SnapshotTask.Read task, long estimate) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (isReadNow(task, estimate)) {
        return;
      }
      if (!snapshots.isWanted(task)) {
        snapshots.giveBack(task);
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new SchemaException(
        "the table has no key, so that it can only be read while nothing is written to the binary"
            + " log, and that did not happen in "
            + ATTEMPTS
            + " attempts; fix: add a primary key, or \"binlogbroker snapshot resume\" at a quiet time");
  }

  private boolean isReadNow(SnapshotTask.Read task, long estimate)
      throws IOException, InterruptedException {
    Restart held = snapshots.holdStream(task);
    try {
      return held != null && isReadAt(held, task, estimate);
    } finally {
      snapshots.releaseStream(task);
    }
  }

  private boolean isReadAt(Restart held, SnapshotTask.Read task, long estimate)
      throws IOException, InterruptedException {
    if (!visibility.openAt(session, held)) {
      return false;
    }
    BinlogPosition place = held.place();
    List<Message> opening = reader.opening(place, clock.millis());
    List<Message> rows = reader.readWhole(session, place, clock.millis(), maxBytes);
    // Without transactions, a query reads what is there, not what was there when a view was opened.
    boolean exact = reader.isTransactional() || Visibility.end(session).equals(place);
    Visibility.close(session);
    Closing closing = reader.closing(place, clock.millis());
    return exact && snapshots.putWhole(task, estimate, opening, rows, closing);
  }
}
