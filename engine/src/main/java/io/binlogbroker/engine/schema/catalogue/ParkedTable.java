package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;

/**
 * A table whose rows are not delivered from a position on because its columns are unknown.
 *
 * @param place of its first undelivered rows
 * @param epoch of the positions; a new epoch unparks the table
 */
public record ParkedTable(
    String schema, String table, BinlogPosition place, String reason, String epoch) {}
