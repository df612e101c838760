package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.trim.CellFinder;

/**
 * The topic of a table's messages, and the finder of the cells that can be left out of too large
 * ones.
 *
 * @param cells finder of the format that the messages are written in
 */
public record Destination(String topic, CellFinder cells) {}
