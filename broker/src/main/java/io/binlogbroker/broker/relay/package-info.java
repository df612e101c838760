/** The heart: what moves changes from a source to a sink, and the ports it does so through. */
@NullMarked
package io.binlogbroker.broker.relay;

import org.jspecify.annotations.NullMarked;
