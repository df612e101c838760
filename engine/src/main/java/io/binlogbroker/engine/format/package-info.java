/** The common parts of the message formats: the format interface, output buffers, keys, cells. */
@NullMarked
package io.binlogbroker.engine.format;

import org.jspecify.annotations.NullMarked;
