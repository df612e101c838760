/** The daemon: wires everything; nothing below imports it. */
@NullMarked
package io.binlogbroker.broker;

import org.jspecify.annotations.NullMarked;
