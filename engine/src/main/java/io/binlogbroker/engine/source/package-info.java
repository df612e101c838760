/** The port through which changes are read. */
@NullMarked
package io.binlogbroker.engine.source;

import org.jspecify.annotations.NullMarked;
