/** A configuration that changes while the broker runs: its places, and how a change is taken up. */
@NullMarked
package io.binlogbroker.broker.live;

import org.jspecify.annotations.NullMarked;
