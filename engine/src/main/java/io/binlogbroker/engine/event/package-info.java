/** A small port for what happens to a group; a host keeps and shows it. */
@NullMarked
package io.binlogbroker.engine.event;

import org.jspecify.annotations.NullMarked;
