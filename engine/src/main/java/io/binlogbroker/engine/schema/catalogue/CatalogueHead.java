package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;

/**
 * Which log the entries are about, and how far it was followed.
 *
 * @param epoch of the positions that it was followed by: what one epoch's positions lie between was
 *     read without a gap
 * @param server whose log it is
 * @param followed up to here at least
 * @param fileCreated when the server began the file of that place, seconds since the epoch: RESET
 *     MASTER gives the same names again; 0 if not known
 */
record CatalogueHead(String epoch, String server, BinlogPosition followed, long fileCreated) {}
