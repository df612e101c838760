/** Configurations that change while a broker runs. */
@NullMarked
package io.binlogbroker.broker.config.watch;

import org.jspecify.annotations.NullMarked;
