/** The commands for snapshots: the rows that tables have already. */
@NullMarked
package io.binlogbroker.cli.snapshot;

import org.jspecify.annotations.NullMarked;
