/** Benchmarks of single components, without servers. */
@NullMarked
package io.binlogbroker.bench.jmh;

import org.jspecify.annotations.NullMarked;
