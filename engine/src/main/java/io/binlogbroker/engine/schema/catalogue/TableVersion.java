package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.TableState;

/**
 * What is known of a table from a place of the log on.
 *
 * @param read whether it was read from the server rather than follows from a statement
 */
record TableVersion(BinlogPosition from, boolean read, TableState state) {}
