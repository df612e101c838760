/** The columns of tables by position in the log, where the log does not name them. */
@NullMarked
package io.binlogbroker.engine.schema.catalogue;

import org.jspecify.annotations.NullMarked;
