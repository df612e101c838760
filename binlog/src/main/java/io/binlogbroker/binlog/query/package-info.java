/** Rows of tables, read by queries: the same cells as in the binary log. */
@NullMarked
package io.binlogbroker.binlog.query;

import org.jspecify.annotations.NullMarked;
