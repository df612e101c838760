/** The threads of a group: their names, and what becomes of their failures. */
@NullMarked
package io.binlogbroker.engine.thread;

import org.jspecify.annotations.NullMarked;
