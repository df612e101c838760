/** Reads one section of a configuration: its keys, and values with units. */
@NullMarked
package io.binlogbroker.broker.config.section;

import org.jspecify.annotations.NullMarked;
