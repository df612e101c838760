/** A small port for metrics; a host implements it with its own library. */
@NullMarked
package io.binlogbroker.engine.metrics;

import org.jspecify.annotations.NullMarked;
