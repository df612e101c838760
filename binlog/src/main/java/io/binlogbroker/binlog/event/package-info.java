/** The events of a binary log: headers, checksums, GTIDs and transactions, but not rows. */
@NullMarked
package io.binlogbroker.binlog.event;

import org.jspecify.annotations.NullMarked;
