/** The open event group: its rows, rows that are rolled back, and GTIDs. */
@NullMarked
package io.binlogbroker.engine.source.mysql.transaction;

import org.jspecify.annotations.NullMarked;
