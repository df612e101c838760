/** Measures the latency of changes from the writer to a consumer, at fixed rates. */
@NullMarked
package io.binlogbroker.bench.delay;

import org.jspecify.annotations.NullMarked;
