/** A small port for metrics, behind which a host puts its own library. */
@NullMarked
package io.binlogbroker.engine.metrics;

import org.jspecify.annotations.NullMarked;
