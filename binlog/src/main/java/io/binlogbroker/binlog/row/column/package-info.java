/** The columns of a table: their types, their formats in the log, and who receives their cells. */
@NullMarked
package io.binlogbroker.binlog.row.column;

import org.jspecify.annotations.NullMarked;
