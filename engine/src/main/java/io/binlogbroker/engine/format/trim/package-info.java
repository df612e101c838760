/** Finds the cells of an encoded message, and leaves some of them out. */
@NullMarked
package io.binlogbroker.engine.format.trim;

import org.jspecify.annotations.NullMarked;
