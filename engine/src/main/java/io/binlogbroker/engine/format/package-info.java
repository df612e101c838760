/** The common parts of the message formats: the format interface, keys, row groups, projections. */
@NullMarked
package io.binlogbroker.engine.format;

import org.jspecify.annotations.NullMarked;
