/** Reads rows that exist already, and delivers them between the changes of the log. */
@NullMarked
package io.binlogbroker.engine.snapshot;

import org.jspecify.annotations.NullMarked;
