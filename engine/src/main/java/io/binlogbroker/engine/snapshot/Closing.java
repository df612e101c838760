package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.relay.Message;
import java.util.List;

/** Completes the last messages of a table's snapshot. Any thread. */
interface Closing {
  /** Leaves the messages as they are. */
  Closing NONE = (messages, endsWithRow) -> {};

  /**
   * Marks the last row, and adds what follows it.
   *
   * @param messages the last ones, to be changed
   * @param endsWithRow whether the last one is a row's
   */
  void close(List<Message> messages, boolean endsWithRow);
}
