/** The commands that show, set and reset the position of a group. */
@NullMarked
package io.binlogbroker.cli.position;

import org.jspecify.annotations.NullMarked;
