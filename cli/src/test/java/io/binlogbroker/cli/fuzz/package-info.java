/** Random tables, changes and settings, by which the broker is held against its sources. */
@NullMarked
package io.binlogbroker.cli.fuzz;

import org.jspecify.annotations.NullMarked;
