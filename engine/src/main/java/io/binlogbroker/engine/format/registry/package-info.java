/** All message formats by name. */
@NullMarked
package io.binlogbroker.engine.format.registry;

import org.jspecify.annotations.NullMarked;
