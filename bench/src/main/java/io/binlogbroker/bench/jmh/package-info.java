/** Benchmarks of single parts, without servers. */
@NullMarked
package io.binlogbroker.bench.jmh;

import org.jspecify.annotations.NullMarked;
