/** Moves changes from a source to a sink and commits them with their position. */
@NullMarked
package io.binlogbroker.engine.relay;

import org.jspecify.annotations.NullMarked;
