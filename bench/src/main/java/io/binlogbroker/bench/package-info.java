/** Benchmarks with real servers. */
@NullMarked
package io.binlogbroker.bench;

import org.jspecify.annotations.NullMarked;
