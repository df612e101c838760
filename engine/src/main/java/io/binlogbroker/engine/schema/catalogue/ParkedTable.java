package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;

/**
 * A table whose rows are not delivered from a place on, because nobody could tell its columns.
 *
 * @param place of its first rows that are not delivered
 * @param epoch of the positions that it is parked for: another one sets it free
 */
public record ParkedTable(
    String schema, String table, BinlogPosition place, String reason, String epoch) {}
