/** The events of a binary log: headers, checksums, GTIDs, transactions; not the rows. */
@NullMarked
package io.binlogbroker.binlog.event;

import org.jspecify.annotations.NullMarked;
