/** The format {@code json}. */
@NullMarked
package io.binlogbroker.engine.format.json;

import org.jspecify.annotations.NullMarked;
