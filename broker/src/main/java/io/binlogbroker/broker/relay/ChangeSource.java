package io.binlogbroker.broker.relay;

import io.binlogbroker.binlog.row.Rows;

/**
 * A source's stream of transactions, read step by step by the relay thread. What the accessors
 * return describes the last step and is valid until the next.
 */
public interface ChangeSource extends AutoCloseable {
  /** What {@link #next} found. */
  enum Step {
    /** A transaction begins: see {@link #transaction}. */
    BEGIN,
    /** Rows of the open transaction: see {@link #rows}. */
    ROWS,
    /** The open transaction, or an event that stands alone, ended: see {@link #restart}. */
    END,
    /** Nothing to read at this moment. */
    IDLE
  }

  /**
   * Reads on. Returns {@link Step#IDLE} once when the stream has nothing more to give, and from
   * then on waits for bytes until {@code idleMillis} are over.
   *
   * @throws RelayException saying whether a retry may help
   */
  Step next(long idleMillis);

  /** The open transaction. */
  SourceTransaction transaction();

  /** The rows of a {@link Step#ROWS} step. */
  Rows rows();

  /** Where that rows event stands in the open transaction's file, 64 bits. */
  long rowsOffset();

  /** Where to start again if everything up to here is delivered; after BEGIN: before it. */
  Restart restart();

  /** Unblocks {@link #next} from any thread; it then throws. */
  void abort();

  @Override
  void close();
}
