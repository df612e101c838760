package io.binlogbroker.broker.relay;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.SchemaException;
import java.util.function.LongSupplier;
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
  private final RowDelivery delivery;
  private final CommitPolicy policy;
  private final Position start;
  private final LongSupplier clock;
  private final TransactionProgress progress;
  private final Uncommitted uncommitted = new Uncommitted();

  private long deliveredRows;
  private volatile boolean stopping;

  /**
   * @param source opened at {@code start}
   * @param start where this relay goes on; its epoch is kept
   * @param clock milliseconds since the epoch
   */
  public Relay(
      ChangeSource source,
      ChangeSink sink,
      RowDelivery delivery,
      CommitPolicy policy,
      Position start,
      LongSupplier clock) {
    this.source = source;
    this.sink = sink;
    this.delivery = delivery;
    this.policy = policy;
    this.start = start;
    this.clock = clock;
    this.progress = new TransactionProgress(start);
  }

  /**
   * Relays until {@link #stop}; then commits what was sent and returns.
   *
   * @throws RelayException when a part fails; nothing uncommitted counts then
   */
  public void run() {
    try {
      while (!stopping) {
        step();
      }
    } catch (RelayException e) {
      if (!stopping || !e.isPassing()) {
        throw e;
      }
      log.debug("The source was let go while it was waited for", e);
    }
    if (uncommitted.hasMoved()) {
      commit();
    }
  }

  /** Ends {@link #run} soon. What is under way is finished and committed. */
  public void stop() {
    stopping = true;
    source.abort();
  }

  private void step() {
    if (!progress.isOpen() && uncommitted.hasMoved() && !source.ready()) {
      commitWhenIdle();
    }
    switch (source.next()) {
      case BEGIN -> begin(source.transaction());
      case ROWS -> rows(source.rows());
      case END -> end();
      case ROLLBACK -> rollback();
      case IDLE -> uncommitted.moved();
    }
  }

  private void begin(SourceTransaction transaction) {
    boolean known =
        transaction.file().equals(start.file()) && transaction.offset() == start.offset();
    if (progress.isResuming() && !known) {
      throw RelayException.fatal(
          ExitCode.POSITION_LOST,
          "Expected the transaction that was delivered in part, at "
              + start
              + ", but the source begins with one at "
              + transaction.file()
              + ":"
              + transaction.offset()
              + ". It is another server's log, or a rebuilt one: set a position with"
              + " \"binlogbroker position set\" or remove it with \"position reset\".");
    }
    progress.begin();
    deliveredRows = 0;
    delivery.begin(transaction);
  }

  private void rows(Rows rows) {
    deliver(rows);
    progress.eventDone();
    uncommitted.moved();
    if (uncommitted.ageMillis(clock.getAsLong()) >= policy.maxAge().toMillis()) {
      commit();
    }
  }

  private void deliver(Rows rows) {
    int row = 0;
    try {
      if (!delivery.accept(rows, source.rowsOffset(), source.firstRow())) {
        return;
      }
      requireDeliverable();
      long now = clock.getAsLong();
      long delivered = progress.deliveredRowsOfEvent();
      while (rows.next()) {
        if (row >= delivered) {
          uncommitted.sent(delivery.deliver(sink, now), now);
          deliveredRows++;
        }
        row++;
        progress.rowDone();
        if (uncommitted.bytes() >= policy.maxSize()) {
          commit();
        }
      }
    } catch (RelayException e) {
      throw e.at(where(rows, row));
    } catch (SchemaException | MalformedBytesException e) {
      throw RelayException.fatal(ExitCode.SOURCE_DATA, e.getMessage() + where(rows, row), e);
    }
  }

  private void requireDeliverable() {
    if (source.transaction().xa()) {
      throw RelayException.fatal(
          ExitCode.UNDELIVERABLE,
          "A distributed (XA) transaction changes a table that is to be delivered. Whether its rows"
              + " count is decided by a later XA COMMIT or XA ROLLBACK, which this version does not"
              + " follow yet");
    }
  }

  private String where(Rows rows, int row) {
    return ", "
        + rows.table().schema()
        + "."
        + rows.table().table()
        + " row "
        + (source.firstRow() + row)
        + " at "
        + source.transaction().file()
        + ":"
        + source.rowsOffset();
  }

  private void end() {
    if (progress.isBehindDelivered()) {
      throw RelayException.fatal(
          ExitCode.POSITION_LOST,
          "The transaction at "
              + start
              + " is shorter than what was delivered of it: it is another one. Set a position with"
              + " \"binlogbroker position set\".");
    }
    progress.end();
    uncommitted.moved();
    if (policy.isDue(uncommitted.bytes(), uncommitted.ageMillis(clock.getAsLong()))) {
      commit();
    }
  }

  private void rollback() {
    if (deliveredRows > 0) {
      throw RelayException.fatal(
          ExitCode.UNDELIVERABLE,
          "A transaction that mixes storage engines was rolled back: some of its rows count, and the"
              + " log does not tell which. It starts at "
              + source.restart());
    }
    end();
  }

  private void commitWhenIdle() {
    if (uncommitted.hasMessages() || uncommitted.isStalePosition(clock.getAsLong())) {
      commit();
    }
  }

  private void commit() {
    Restart restart = source.restart();
    sink.commit(
        new Position(
            restart.file(),
            restart.offset(),
            restart.gtidSet(),
            progress.rowsEvents(),
            progress.rows(),
            source.serverUuid(),
            start.epoch()));
    uncommitted.clear(clock.getAsLong());
  }
}
