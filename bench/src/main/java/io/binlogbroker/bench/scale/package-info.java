/**
 * How the broker's cost grows: with the width of rows, columns, tables, transactions, topics,
 * partitions and traffic that is filtered out. {@code bench/scale} runs it.
 *
 * <p>Each step of an axis is a load that is written into the binary log, drained once by a freshly
 * started broker (exactly once, {@code -Xmx192m}) and then counted. The tables are BLACKHOLE ones:
 * the server logs their rows and keeps nothing, so that a load costs neither disk nor a purge.
 */
@NullMarked
package io.binlogbroker.bench.scale;

import org.jspecify.annotations.NullMarked;
