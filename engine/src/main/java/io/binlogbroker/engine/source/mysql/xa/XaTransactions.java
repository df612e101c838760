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
 * Withholds the rows of XA transactions until they are committed, and then reads them again. Relay
 * thread.
 */
public final class XaTransactions implements AutoCloseable {
  private final PreparedTransactionCache kept = new PreparedTransactionCache();
  private final PreparedTransactions prepared;
  private @Nullable PreparedRows committed;
  private long commitOffset;

  public XaTransactions(BinlogReplay log) {
    this.prepared = new PreparedTransactions(log, kept);
  }

  /** A log file begins. */
  public void fileBegins(BinlogEvent formatDescription) {
    kept.fileBegins(formatDescription);
  }

  /** A transaction begins. */
  public void begin() {
    kept.begin();
  }

  /**
   * Adds an event of the open transaction.
   *
   * @param inPayload whether the event comes from a compressed transaction, so that it is not in
   *     the log by itself
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
   * Starts delivery of the rows of a transaction that was prepared, if it has any.
   *
   * @param group of the commit
   */
  public void commit(Xid xid, TransactionGroup group, BinlogEvent commit) throws IOException {
    take(prepared.committed(xid, group.place()), commit);
  }

  /**
   * Starts delivery of the rows of a transaction that is committed without having been prepared, if
   * it has any.
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

  /** Whether rows of a committed transaction are next. */
  public boolean hasCommitted() {
    return committed != null;
  }

  /** Waits for the next rows of the committed transaction; null after the last. */
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

  /**
   * The offset of the commit, which the rows are delivered with: their own offsets would break the
   * order of the log.
   */
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
