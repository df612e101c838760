package io.binlogbroker.engine.relay;

/**
 * Rows of a snapshot to deliver, and what makes them not be delivered again.
 *
 * @param block messages of the rows, in order
 * @param name of the snapshot's state
 * @param state after these rows, to be committed with them
 */
public record SnapshotRows(MessageBlock block, String name, byte[] state) {}
