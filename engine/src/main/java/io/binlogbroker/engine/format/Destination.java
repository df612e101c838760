package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.trim.CellFinder;

/**
 * Where the messages of a table go, and how one that is too large for it becomes smaller.
 *
 * @param cells of the format that the messages are written in
 */
public record Destination(String topic, CellFinder cells) {}
