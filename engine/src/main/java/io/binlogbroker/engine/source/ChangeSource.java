package io.binlogbroker.engine.source;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import org.jspecify.annotations.Nullable;

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
    /** The open transaction ended: see {@link #restart}. */
    END,
    /**
     * Rows that a later event of the open transaction undoes, as recorded by {@link
     * #rememberUndone}.
     */
    UNDONE_ROWS,
    /** The last rows of the open transaction were undone. */
    UNDO,
    /** The open transaction ended by a ROLLBACK: all its rows are undone. */
    ROLLBACK,
    /**
     * A change whose rows the log does not contain, in a transaction or outside: see {@link
     * #statement}.
     */
    STATEMENT,
    /** DDL, in a transaction or, if it is after {@link #restart}, outside: see {@link #ddl}. */
    DDL,
    /** No change: the source is connected, and {@link #restart} may have advanced. */
    IDLE
  }

  /** Opens sources: connects, checks that the source can be delivered exactly, begins to read. */
  interface Opener {
    /**
     * @param from where to continue; null for the source's current end
     * @throws DeliveryException saying whether a retry may help
     */
    ChangeSource open(@Nullable Position from);
  }

  /**
   * Waits for the next step.
   *
   * @throws DeliveryException saying whether a retry may help
   */
  Step next();

  /**
   * Whether {@link #next} would return without waiting for the source, or must be called to detect
   * that the source is lost: after a silence in which it would have sent something.
   */
  boolean ready();

  /** The open transaction. */
  SourceTransaction transaction();

  /** The rows of a {@link Step#ROWS} step. */
  Rows rows();

  /** The change of a {@link Step#STATEMENT} step. */
  StatementChange statement();

  /** The statement of a {@link Step#DDL} step. */
  DdlChange ddl();

  /**
   * Remembers the rows that an {@link Step#UNDO} or {@link Step#ROLLBACK} undid, for the source
   * that the same opener opens next.
   */
  void rememberUndone();

  /** The offset of that rows event in the transaction's file, 64 bits. */
  long rowsOffset();

  /**
   * Index of the event's first row among all rows that share its offset: not 0 for a later rows
   * event of a compressed transaction.
   */
  int firstRow();

  /** Where to start again: the open transaction's first event; if none is open, the next event. */
  Restart restart();

  /** Whether the server compares names of schemas and tables without regard to case. */
  boolean ignoresCase();

  /** Unblocks {@link #next} from any thread; it then throws. */
  void abort();

  @Override
  void close();
}
