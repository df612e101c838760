/** Random tables, changes and settings; the delivered messages are compared with the sources. */
@NullMarked
package io.binlogbroker.cli.fuzz;

import org.jspecify.annotations.NullMarked;
