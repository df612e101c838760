/** A configuration that changes while the broker runs. */
@NullMarked
package io.binlogbroker.broker.live;

import org.jspecify.annotations.NullMarked;
