/** The format {@code debezium-json}. */
@NullMarked
package io.binlogbroker.engine.format.debezium;

import org.jspecify.annotations.NullMarked;
