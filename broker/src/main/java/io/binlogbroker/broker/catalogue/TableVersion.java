package io.binlogbroker.broker.catalogue;

import io.binlogbroker.broker.ddl.TableState;

/**
 * What is known of a table from a place of the log on.
 *
 * @param read whether it was read from the server rather than follows from a statement
 */
record TableVersion(Place from, boolean read, TableState state) {}
