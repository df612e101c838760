/** The format {@code maxwell-json}. */
@NullMarked
package io.binlogbroker.engine.format.maxwell;

import org.jspecify.annotations.NullMarked;
