/** The format {@code msgpack}. */
@NullMarked
package io.binlogbroker.engine.format.msgpack;

import org.jspecify.annotations.NullMarked;
