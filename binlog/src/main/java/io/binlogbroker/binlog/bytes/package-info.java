/** Readers of bytes and numbers that the other packages use. */
@NullMarked
package io.binlogbroker.binlog.bytes;

import org.jspecify.annotations.NullMarked;
