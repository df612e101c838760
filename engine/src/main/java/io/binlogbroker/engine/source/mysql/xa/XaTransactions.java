package io.binlogbroker.engine.source.mysql.xa;

import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.Xid;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.source.mysql.log.BinlogReplay;
import io.binlogbroker.engine.source.mysql.transaction.TransactionGroup;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Withholds the rows of XA transactions while they pass by, and reads those of one a second time
 * when it is committed. Relay thread.
 */
public final class XaTransactions implements AutoCloseable {
  private final PreparedTransactionCache kept = new PreparedTransactionCache();
  private final PreparedTransactions prepared;
  private @Nullable PreparedRows committed;
  private long commitOffset;

  public XaTransactions(BinlogReplay log) {
    this.prepared = new PreparedTransactions(log, kept);
  }

  /** A file of the log begins. */
  public void fileBegins(BinlogEvent formatDescription) {
    kept.fileBegins(formatDescription);
  }

  /** A transaction begins. */
  public void begin() {
    kept.begin();
  }

  /**
   * The transaction goes on.
   *
   * @param inPayload whether the event stands in no log by itself
   */
  public void add(BinlogEvent event, boolean inPayload) {
    kept.add(event, inPayload);
  }

  public void prepare(Xid xid, TransactionGroup group) {
    prepared.prepared(xid, group.place(), group.hasRows());
  }

  public void rollBack(Xid xid) {
    prepared.rolledBack(xid);
  }

  /**
   * Takes up the rows of a transaction that was prepared, if it has any.
   *
   * @param group of the commit
   */
  public void commit(Xid xid, TransactionGroup group, BinlogEvent commit) throws IOException {
    take(prepared.committed(xid, group.place()), commit);
  }

  /**
   * Takes up the rows of a transaction that is committed without having been prepared, if it has
   * any.
   *
   * @param group of the transaction and its commit
   */
  public void commitAtOnce(Xid xid, TransactionGroup group, BinlogEvent commit) throws IOException {
    take(group.hasRows() ? prepared.committedAtOnce(xid, group.place()) : null, commit);
  }

  private void take(@Nullable PreparedRows rows, BinlogEvent commit) {
    committed = rows;
    commitOffset = commit.start();
  }

  /** Whether rows of a committed transaction come next. */
  public boolean hasCommitted() {
    return committed != null;
  }

  /** Waits for the next rows of the committed transaction; null behind the last. */
  public @Nullable Rows next() throws IOException {
    Rows rows = committed().next();
    if (rows == null) {
      close();
    }
    return rows;
  }

  /** Whether {@link #next} would return without waiting for the server. */
  public boolean ready() throws IOException {
    return committed().ready();
  }

  /** What the rows go under: at their own offsets the order of the log would be broken. */
  public long commitOffset() {
    return commitOffset;
  }

  private PreparedRows committed() {
    return Objects.requireNonNull(committed, "No XA transaction is committed");
  }

  @Override
  public void close() {
    PreparedRows rows = committed;
    committed = null;
    if (rows != null) {
      rows.close();
    }
  }
}
