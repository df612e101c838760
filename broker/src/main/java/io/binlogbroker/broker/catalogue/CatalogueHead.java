package io.binlogbroker.broker.catalogue;

/**
 * Which log the entries are about, and how far it was followed.
 *
 * @param epoch of the positions that it was followed by: what one epoch's positions lie between was
 *     read without a gap
 * @param server whose log it is
 * @param followed up to here at least
 */
record CatalogueHead(String epoch, String server, Place followed) {}
