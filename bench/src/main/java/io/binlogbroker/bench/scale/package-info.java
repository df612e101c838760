/**
 * Measures how the broker's cost grows with row width, columns, tables, transactions, topics,
 * partitions and filtered traffic. Run by {@code bench/scale}.
 *
 * <p>Each step of an axis is a load that is written to the binary log, delivered once by a newly
 * started broker (exactly once, {@code -Xmx192m}) and then counted. The tables use the BLACKHOLE
 * engine: the server logs their rows but does not store them, so a load needs no disk space and no
 * purge.
 */
@NullMarked
package io.binlogbroker.bench.scale;

import org.jspecify.annotations.NullMarked;
