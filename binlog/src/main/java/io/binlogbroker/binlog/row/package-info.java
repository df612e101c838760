/** Tables and rows: from the bytes of TABLE_MAP and rows events to cells. */
@NullMarked
package io.binlogbroker.binlog.row;

import org.jspecify.annotations.NullMarked;
