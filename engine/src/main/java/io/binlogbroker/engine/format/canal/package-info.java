/** The format {@code canal-json}. */
@NullMarked
package io.binlogbroker.engine.format.canal;

import org.jspecify.annotations.NullMarked;
