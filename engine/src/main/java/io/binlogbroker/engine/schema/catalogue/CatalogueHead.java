package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;

/**
 * The log that the entries belong to, and how far it was followed.
 *
 * @param epoch of the positions: everything between positions of one epoch was read without a gap
 * @param server whose log it is
 * @param followed at least up to this position
 * @param fileCreated creation time of that position's file, seconds since the Unix epoch, because
 *     RESET MASTER reuses names; 0 if unknown
 */
record CatalogueHead(String epoch, String server, BinlogPosition followed, long fileCreated) {}
