package io.binlogbroker.engine.relay;

import java.util.List;

/**
 * Rows of a snapshot to deliver, and what makes them not be delivered again.
 *
 * @param messages of the rows, in order
 * @param name of the snapshot's state
 * @param state after these rows, to be committed with them
 */
public record SnapshotRows(List<Message> messages, String name, byte[] state) {
  /** The size of the messages. */
  long bytes() {
    return messages.stream().mapToLong(Message::bytes).sum();
  }
}
