package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.trim.CellFinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes changes as messages, one per change or one for several changes. Not thread-safe; reuses
 * buffers and compiles each table once.
 *
 * <p>A change may be buffered until one of the later calls, to share a message with the following
 * changes or because its message depends on what follows. The messages of one topic and key are
 * written in the order of their changes.
 */
public interface MessageFormat {
  /** The operation that a message reports for its row. */
  enum Operation {
    INSERT,
    UPDATE,
    DELETE,

    /** The row existed already: a snapshot read it. */
    READ
  }

  /**
   * Writes or buffers one change.
   *
   * @param context origin and times of the change, including the row's index
   * @param before null for an insert or a read; not accessed after the call
   * @param after null for a delete; not accessed after the call
   * @param to address of the change's message
   */
  void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out);

  /** The rows event ends: changes that were buffered for more of its rows are written. */
  default void endEvent(MessageSink out) {}

  /**
   * The transaction ends: all buffered changes are written, the last one marked as the last of the
   * transaction.
   */
  default void endTransaction(MessageSink out) {
    release(out);
  }

  /** Writes all buffered changes as they are, before another message that must follow them. */
  default void release(MessageSink out) {}

  /** Whether a change is buffered. */
  default boolean isHolding() {
    return false;
  }

  /** Discards the buffered changes, which were rolled back. */
  default void discard() {}

  /** Writes what announces the rows of a table's snapshot; nothing by default. */
  default void beginSnapshot(RowPlan plan, ChangeContext context, Address to, MessageSink out) {}

  /** Writes what follows the last row of a table's snapshot; nothing by default. */
  default void endSnapshot(RowPlan plan, ChangeContext context, Address to, MessageSink out) {}

  /**
   * The message of a row of a snapshot, marked as the last one where this format does so.
   * Stateless: may be called by another thread.
   */
  default byte[] lastOfSnapshot(byte[] message) {
    return message;
  }

  /**
   * Creates the writer of the keys of a table's messages: text, unless the format has its own
   * encoding of keys.
   *
   * @param columns indexes of the key's columns, in the key's order; none where the table's name is
   *     the key
   */
  default KeyWriter keys(RowPlan plan, List<Integer> columns) {
    return new TextKeyWriter(plan, columns);
  }

  /**
   * The finder of the cells in this format's messages that can be left out; finds none by default.
   */
  default CellFinder cells() {
    return CellFinder.NONE;
  }
}
