/** Reads the positions that other programs store: Debezium, Maxwell and Canal. */
@NullMarked
package io.binlogbroker.cli.position.foreign;

import org.jspecify.annotations.NullMarked;
