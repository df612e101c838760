/** The topics that the runs fill. */
@NullMarked
package io.binlogbroker.bench.kafka;

import org.jspecify.annotations.NullMarked;
