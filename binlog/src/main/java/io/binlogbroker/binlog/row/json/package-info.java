/** JSON documents in MySQL's binary format, their partial updates, and their text. */
@NullMarked
package io.binlogbroker.binlog.row.json;

import org.jspecify.annotations.NullMarked;
