/** The small vocabulary for bytes that the other packages read with. */
@NullMarked
package io.binlogbroker.binlog.bytes;

import org.jspecify.annotations.NullMarked;
