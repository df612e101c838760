package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.TableState;

/**
 * The state of a table from a position of the log on.
 *
 * @param read whether it was read from the server and not derived from a statement
 */
record TableVersion(BinlogPosition from, boolean read, TableState state) {}
