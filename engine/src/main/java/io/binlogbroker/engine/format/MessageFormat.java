package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.RowPlan;
import io.binlogbroker.engine.format.trim.CellFinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as messages: one for each, or one for several. Not shared between threads; keeps
 * buffers and what it has compiled for each table.
 *
 * <p>A change may be held back, to share a message with those behind it or to learn what follows,
 * until one of the later calls gives it out. The messages of one topic and key come out in the
 * order in which their changes went in.
 */
public interface MessageFormat {
  /** What a message says has happened to its row. */
  enum Operation {
    INSERT,
    UPDATE,
    DELETE,

    /** It was there already: a snapshot read it. */
    READ
  }

  /**
   * Takes up one change.
   *
   * @param context origin and when, this row's index among it
   * @param before null for an insert or a read; not looked at after the call
   * @param after null for a delete; not looked at after the call
   * @param to where the change belongs
   */
  void write(
      RowPlan plan,
      ChangeContext context,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      Address to,
      MessageSink out);

  /** The rows event ends: what waited for more of its rows goes out. */
  default void endEvent(MessageSink out) {}

  /** The transaction ends: everything goes out, the last change as its last one. */
  default void endTransaction(MessageSink out) {
    release(out);
  }

  /** Something else goes first that must come behind: everything goes out as it is. */
  default void release(MessageSink out) {}

  /** Whether a change is held back. */
  default boolean isHolding() {
    return false;
  }

  /** What is held back was undone. */
  default void discard() {}

  /**
   * How the keys of a table's messages are written: as text, unless the format has keys of its own.
   *
   * @param columns indexes of the key's columns, in the key's order; none where the table's name is
   *     the key
   */
  default KeyWriter keys(RowPlan plan, List<Integer> columns) {
    return new TextKeyWriter(plan, columns);
  }

  /** Finds the cells in this format's messages that may be left out; none by default. */
  default CellFinder cells() {
    return CellFinder.NONE;
  }
}
