/** The event group that is open: its rows, those that are undone, GTIDs. */
@NullMarked
package io.binlogbroker.engine.source.mysql.transaction;

import org.jspecify.annotations.NullMarked;
